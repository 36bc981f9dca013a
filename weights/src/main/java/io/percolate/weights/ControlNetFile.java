package io.percolate.weights;

import io.percolate.weights.layout.ControlNetLayout;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.layout.NameMap;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens ControlNets in every form that they are published in. */
public final class ControlNetFile {

    private static final String PREFIX = "control_model.";

    private ControlNetFile() {}

    /**
     * Opens a ControlNet under the names of diffusers: from its folder, or from a file in those names, in the original
     * ones, or of a whole model with a ControlNet in it. Closing the view closes the file.
     *
     * @throws WeightsException if it is none of these
     */
    public static StateDict open(Path path) {
        StateDict dict = WeightFile.open(path);
        try {
            return named(dict);
        } catch (RuntimeException e) {
            dict.close();
            throw e;
        }
    }

    /** Whether these are the tensors of a ControlNet, in whatever names. */
    public static boolean isControlNet(StateDict dict) {
        return hasAny(dict, PREFIX) || hasAny(dict, ControlNetLayout.HINT) || hasAny(dict, ControlNetLayout.EMBEDDING);
    }

    /** Channels of the control image, of tensors under the names of diffusers. */
    public static int conditionChannels(StateDict dict) {
        return (int)
                dict.info(ControlNetLayout.EMBEDDING + "conv_in.weight").shape().get(1);
    }

    /** Channels of the layers that bring the control image down, each after the first at half the resolution. */
    public static List<Integer> conditionWidths(StateDict dict) {
        String blocks = ControlNetLayout.EMBEDDING + "blocks.";
        List<Integer> widths = new ArrayList<>();
        widths.add((int)
                dict.info(ControlNetLayout.EMBEDDING + "conv_in.weight").shape().get(0));
        for (int number = 1; number < NameMap.count(dict.names(), blocks); number += 2) {
            widths.add((int) dict.info(blocks + number + ".weight").shape().get(0));
        }
        return widths;
    }

    /** Channels of the latents, of tensors under the names of diffusers. */
    public static int latentChannels(StateDict dict) {
        return (int) dict.info("conv_in.weight").shape().get(1);
    }

    /** Width of the prompt embeddings that it attends to, of tensors under the names of diffusers; 0 if to none. */
    public static int contextWidth(StateDict dict) {
        return dict.names().stream()
                .filter(name -> name.endsWith(".attn2.to_k.weight"))
                .mapToInt(name -> (int) dict.info(name).shape().get(1))
                .findFirst()
                .orElse(0);
    }

    private static StateDict named(StateDict dict) {
        if (dict.names().stream().anyMatch(name -> name.startsWith("lora_controlnet"))) {
            throw new WeightsException(dict.source() + ": a Control-LoRA, which is not supported: take a ControlNet");
        }
        if (hasAny(dict, PREFIX)) {
            return ControlNetLayout.toFolder(dict.under(PREFIX));
        }
        if (hasAny(dict, ControlNetLayout.HINT)) {
            return ControlNetLayout.toFolder(dict);
        }
        if (hasAny(dict, ControlNetLayout.EMBEDDING)) {
            return LegacyKeys.current(dict);
        }
        throw new WeightsException(dict.source() + ": no ControlNet: nothing is called " + ControlNetLayout.EMBEDDING
                + "..., " + PREFIX + "... or " + ControlNetLayout.HINT + "...");
    }

    private static boolean hasAny(StateDict dict, String prefix) {
        return dict.names().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
