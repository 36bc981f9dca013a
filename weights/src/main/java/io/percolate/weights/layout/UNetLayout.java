package io.percolate.weights.layout;

import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * U-Net names of CompVis ({@code input_blocks.4.1}) and of diffusers ({@code down_blocks.1.attentions.0}).
 *
 * <p>CompVis numbers residual blocks and resamplers in one row: with n layers per block, block b begins at
 * {@code input_blocks.[1 + b (n + 1)]} and at {@code output_blocks.[b (n + 1)]}. What stands at a number is
 * again numbered: residual block, then attention if there is any, then upsampler.
 */
public final class UNetLayout implements Layout {

    private static final Map<String, String> RESNET = Map.of(
            "norm1", "in_layers.0",
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "norm2", "out_layers.0",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private final String labelEmbedding;

    /** {@code labelEmbedding} is what diffusers calls {@code label_emb}: add_embedding or class_embedding. */
    public UNetLayout(String labelEmbedding) {
        this.labelEmbedding = labelEmbedding;
    }

    /** The layout of a U-Net, by its tensors' names in a diffusers folder. */
    public static UNetLayout of(StateDict folder) {
        return new UNetLayout(folder.has("add_embedding.linear_1.weight") ? "add_embedding" : "class_embedding");
    }

    @Override
    public StateDict toFolder(StateDict single) {
        return TensorMap.view(single, ofSingle(single)::toLeft);
    }

    /** The names of diffusers on the left, those of CompVis on the right, for the U-Net, or its way down, of a file. */
    NameMap ofSingle(StateDict single) {
        int inputs = NameMap.count(single.names(), "input_blocks.");
        int layers = 0;
        while (layers + 1 < inputs && !single.has("input_blocks." + (layers + 1) + ".0.op.weight")) {
            layers++;
        }
        int each = layers + 1;
        return names(inputs / each, layers, block -> single.has("output_blocks." + (block * each) + ".1.norm.weight"));
    }

    @Override
    public StateDict toSingle(StateDict folder) {
        return TensorMap.view(folder, names(folder)::toRight);
    }

    /** The names of diffusers on the left, those of CompVis on the right, for the U-Net of {@code folder}. */
    public NameMap names(StateDict folder) {
        int levels = NameMap.count(folder.names(), "down_blocks.");
        int layers = NameMap.count(folder.names(), "down_blocks.0.resnets.");
        return names(levels, layers, block -> folder.has("up_blocks." + block + ".attentions.0.norm.weight"));
    }

    private NameMap names(int levels, int layers, IntPredicate upAttends) {
        NameMap names = new NameMap()
                .pair("conv_in", "input_blocks.0.0")
                .pair("time_embedding.linear_1", "time_embed.0")
                .pair("time_embedding.linear_2", "time_embed.2")
                .pair(labelEmbedding + ".linear_1", "label_emb.0.0")
                .pair(labelEmbedding + ".linear_2", "label_emb.0.2")
                .pairs("mid_block.resnets.0", "middle_block.0", RESNET)
                .pair("mid_block.attentions.0", "middle_block.1")
                .pairs("mid_block.resnets.1", "middle_block.2", RESNET)
                .pair("conv_norm_out", "out.0")
                .pair("conv_out", "out.2");
        for (int block = 0; block < levels; block++) {
            addDown(names, block, layers);
            addUp(names, block, layers, upAttends.test(block));
        }
        return names;
    }

    private static void addDown(NameMap names, int block, int layers) {
        String left = "down_blocks." + block;
        int first = 1 + block * (layers + 1);
        for (int layer = 0; layer < layers; layer++) {
            addLayer(names, left, layer, "input_blocks." + (first + layer));
        }
        names.pair(left + ".downsamplers.0.conv", "input_blocks." + (first + layers) + ".0.op");
    }

    private static void addUp(NameMap names, int block, int layers, boolean attends) {
        String left = "up_blocks." + block;
        int first = block * (layers + 1);
        for (int layer = 0; layer <= layers; layer++) {
            addLayer(names, left, layer, "output_blocks." + (first + layer));
        }
        int place = attends ? 2 : 1;
        names.pair(left + ".upsamplers.0.conv", "output_blocks." + (first + layers) + "." + place + ".conv");
    }

    private static void addLayer(NameMap names, String left, int layer, String right) {
        names.pairs(left + ".resnets." + layer, right + ".0", RESNET);
        names.pair(left + ".attentions." + layer, right + ".1");
    }
}
