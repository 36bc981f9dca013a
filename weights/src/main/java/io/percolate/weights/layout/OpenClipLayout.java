package io.percolate.weights.layout;

import io.percolate.weights.tensors.DerivedTensor;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The text encoder of OpenCLIP ({@code transformer.resblocks.0.attn.in_proj_weight}) and of transformers
 * ({@code text_model.encoder.layers.0.self_attn.q_proj.weight}).
 *
 * <p>OpenCLIP keeps queries, keys and values in one matrix (3W, W), and the text projection as (W, P) where
 * transformers has (P, W). SD 2 uses the state before the last of 24 layers: its folder leaves out that layer and
 * the projection.
 */
public final class OpenClipLayout implements Layout {

    private static final Map<String, String> BLOCK = Map.of(
            "layer_norm1", "ln_1",
            "layer_norm2", "ln_2",
            "mlp.fc1", "mlp.c_fc",
            "mlp.fc2", "mlp.c_proj",
            "self_attn.out_proj", "attn.out_proj");

    private static final String LAST_OF_24 = "transformer.resblocks.23.";

    private static final String PROJECTION = "text_projection";

    private final boolean penultimate;

    /** With {@code penultimate}, the last layer is left out, as Stable Diffusion 2 does. */
    public OpenClipLayout(boolean penultimate) {
        this.penultimate = penultimate;
    }

    @Override
    public StateDict toFolder(StateDict single) {
        int layers = NameMap.count(single.names(), "transformer.resblocks.");
        StateDict used = single.where(name -> !name.equals("logit_scale") && !name.equals("attn_mask"))
                .where(name -> !penultimate || !name.startsWith(LAST_OF_24) && !name.startsWith(PROJECTION));
        NameMap names = names(layers);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : used.names()) {
            StoredTensor tensor = new TensorMap.Entry(used, name, names.toLeft(name));
            parts(tensor)
                    .forEach(part ->
                            TensorMap.putNew(used.source(), tensors, part.info().name(), part));
        }
        return new TensorMap(single.source(), tensors, single::close);
    }

    @Override
    public StateDict toSingle(StateDict folder) {
        NameMap names = names(NameMap.count(folder.names(), "text_model.encoder.layers."));
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : folder.without("text_model.embeddings.position_ids").names()) {
            StoredTensor tensor = joined(folder, name, names.toRight(name));
            if (tensor != null) {
                TensorMap.putNew(folder.source(), tensors, tensor.info().name(), tensor);
            }
        }
        return new TensorMap(folder.source(), tensors, folder::close);
    }

    private static Stream<StoredTensor> parts(StoredTensor tensor) {
        String name = tensor.info().name();
        if (name.equals(PROJECTION + ".weight")) {
            return Stream.of(DerivedTensor.transposed(tensor));
        }
        int fused = name.indexOf("attn.in_proj_");
        if (fused < 0) {
            return Stream.of(tensor);
        }
        String stem = name.substring(0, fused) + "attn.";
        String kind = name.substring(fused + "attn.in_proj_".length());
        return Stream.of(0, 1, 2).map(i -> DerivedTensor.part(tensor, stem + "qkv".charAt(i) + "_proj." + kind, i, 3));
    }

    /** What becomes of a folder's tensor; queries stand for keys and values too, which themselves become null. */
    private static StoredTensor joined(StateDict folder, String name, String single) {
        StoredTensor tensor = new TensorMap.Entry(folder, name, single);
        if (name.equals(PROJECTION + ".weight")) {
            return DerivedTensor.transposed(tensor);
        }
        if (name.contains(".self_attn.k_proj.") || name.contains(".self_attn.v_proj.")) {
            return null;
        }
        if (!name.contains(".self_attn.q_proj.")) {
            return tensor;
        }
        List<StoredTensor> parts = Stream.of(".q_proj.", ".k_proj.", ".v_proj.")
                .map(part -> name.replace(".q_proj.", part))
                .<StoredTensor>map(part -> new TensorMap.Entry(folder, part, part))
                .toList();
        return DerivedTensor.joined(parts, single.replace(".q_proj.", ".in_proj_"));
    }

    private static NameMap names(int layers) {
        NameMap names = new NameMap()
                .pair("text_model.embeddings.token_embedding", "token_embedding")
                .pair("text_model.embeddings.position_embedding.weight", "positional_embedding")
                .pair("text_model.final_layer_norm", "ln_final")
                .pair(PROJECTION + ".weight", PROJECTION);
        for (int layer = 0; layer < layers; layer++) {
            String left = "text_model.encoder.layers." + layer;
            String right = "transformer.resblocks." + layer;
            names.pairs(left, right, BLOCK).pair(left + ".self_attn", right + ".attn");
        }
        return names;
    }
}
