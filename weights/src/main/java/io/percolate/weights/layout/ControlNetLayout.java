package io.percolate.weights.layout;

import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorMap;

/**
 * ControlNet names of the original repository and of diffusers: those of a U-Net's way down ({@link UNetLayout}), and
 * {@code input_hint_block}, {@code zero_convs} and {@code middle_block_out} beside them.
 *
 * <p>{@code input_hint_block} numbers its convolutions and the activations between them in one row: 0, 2, 4 and so on are
 * convolutions.
 */
public final class ControlNetLayout {

    /** What diffusers' names of the layers for the control image begin with. */
    public static final String EMBEDDING = "controlnet_cond_embedding.";

    /** What the original names of the layers for the control image begin with. */
    public static final String HINT = "input_hint_block.";

    private ControlNetLayout() {}

    /** Tensors of a single file in the original names, without their prefix, as a folder has them. */
    public static StateDict toFolder(StateDict single) {
        NameMap names = new UNetLayout("add_embedding").ofSingle(single);
        int last = NameMap.count(single.names(), HINT) - 1;
        names.pair(EMBEDDING + "conv_in", HINT + 0).pair(EMBEDDING + "conv_out", HINT + last);
        for (int number = 2; number < last; number += 2) {
            names.pair(EMBEDDING + "blocks." + (number / 2 - 1), HINT + number);
        }
        int maps = NameMap.count(single.names(), "zero_convs.");
        for (int i = 0; i < maps; i++) {
            names.pair("controlnet_down_blocks." + i, "zero_convs." + i + ".0");
        }
        names.pair("controlnet_mid_block", "middle_block_out.0");
        return TensorMap.view(single, names::toLeft);
    }
}
