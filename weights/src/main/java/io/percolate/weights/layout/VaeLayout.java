package io.percolate.weights.layout;

import ai.djl.ndarray.types.Shape;
import io.percolate.weights.tensors.DerivedTensor;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Autoencoder names of CompVis ({@code decoder.up.3.block.0}) and of diffusers ({@code decoder.up_blocks.0.resnets.0}).
 *
 * <p>CompVis counts the decoder's levels from the image inwards, diffusers in the order in which they run; CompVis
 * attends with 1x1 convolutions (C, C, 1, 1), diffusers with matrices (C, C).
 */
public final class VaeLayout implements Layout {

    private static final Map<String, String> RESNET = Map.of("conv_shortcut", "nin_shortcut");

    private static final Map<String, String> ATTENTION =
            Map.of("group_norm", "norm", "to_q", "q", "to_k", "k", "to_v", "v", "to_out.0", "proj_out");

    private static final Pattern PROJECTION = Pattern.compile(".*\\.attentions\\.\\d+\\.to_(q|k|v|out\\.0)\\.weight");

    @Override
    public StateDict toFolder(StateDict single) {
        int levels = NameMap.count(single.names(), "encoder.down.");
        int layers = NameMap.count(single.names(), "encoder.down.0.block.");
        StateDict parts = single.where(name -> !name.startsWith("loss.") && !name.startsWith("model_ema."));
        return matrices(TensorMap.view(parts, names(levels, layers)::toLeft));
    }

    @Override
    public StateDict toSingle(StateDict folder) {
        int levels = NameMap.count(folder.names(), "encoder.down_blocks.");
        int layers = NameMap.count(folder.names(), "encoder.down_blocks.0.resnets.");
        StateDict convolutions = TensorMap.changed(LegacyKeys.current(folder), tensor -> {
            Shape shape = tensor.info().shape();
            return isProjection(tensor) && shape.dimension() == 2
                    ? DerivedTensor.reshaped(tensor, shape.add(1).add(1))
                    : tensor;
        });
        return TensorMap.view(convolutions, names(levels, layers)::toRight);
    }

    /** Attention weights (C, C, 1, 1), under today's diffusers names, as (C, C). */
    static StateDict matrices(StateDict dict) {
        return TensorMap.changed(dict, tensor -> {
            Shape shape = tensor.info().shape();
            return isProjection(tensor)
                            && shape.dimension() == 4
                            && shape.slice(2).size() == 1
                    ? DerivedTensor.reshaped(tensor, shape.slice(0, 2))
                    : tensor;
        });
    }

    private static boolean isProjection(StoredTensor tensor) {
        return PROJECTION.matcher(tensor.info().name()).matches();
    }

    private static NameMap names(int levels, int layers) {
        NameMap names = new NameMap();
        for (String half : new String[] {"encoder", "decoder"}) {
            names.pair(half + ".conv_norm_out", half + ".norm_out");
            names.pair(half + ".mid_block.resnets.0", half + ".mid.block_1");
            names.pair(half + ".mid_block.resnets.1", half + ".mid.block_2");
            names.pairs(half + ".mid_block.attentions.0", half + ".mid.attn_1", ATTENTION);
        }
        for (int level = 0; level < levels; level++) {
            String down = "encoder.down_blocks." + level;
            String up = "decoder.up_blocks." + (levels - 1 - level);
            addLevel(names, down, "encoder.down." + level, layers);
            addLevel(names, up, "decoder.up." + level, layers + 1);
            names.pair(down + ".downsamplers.0", "encoder.down." + level + ".downsample");
            names.pair(up + ".upsamplers.0", "decoder.up." + level + ".upsample");
        }
        return names;
    }

    private static void addLevel(NameMap names, String left, String right, int layers) {
        for (int layer = 0; layer < layers; layer++) {
            String resnet = left + ".resnets." + layer;
            names.pair(resnet, right + ".block." + layer);
            names.pairs(resnet, right + ".block." + layer, RESNET);
            names.pairs(left + ".attentions." + layer, right + ".attn." + layer, ATTENTION);
        }
    }
}
