package io.percolate.weights;

import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.lora.LoraFile;
import io.percolate.weights.lora.UnsupportedAdapters;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.util.Arrays;

/** Tells the family of a whole model in one file by the names of its tensors. */
final class FamilyDetection {

    private FamilyDetection() {}

    /** The family of a single file; what is none of them is refused with what it seems to be. */
    static ModelFamily of(StateDict single) {
        refuseControlNet(single);
        refuse(single, "conditioner.embedders.0.model.", "the SDXL refiner");
        refuse(single, "model.diffusion_model.joint_blocks.", "a Stable Diffusion 3 model");
        refuse(single, "model.diffusion_model.double_blocks.", "a Flux model");
        refuse(single, "emb_params", "a textual inversion, a new word for a model (--embedding)");
        refuse(single, "decoder.conv_in.", "an autoencoder alone");
        refuseLora(single);
        return Arrays.stream(ModelFamily.values())
                .filter(family -> hasAny(single, family.distinctivePrefix()))
                .findFirst()
                .orElseThrow(() -> none(single));
    }

    /** Some files of a ControlNet have the model that it was trained for beside it, under that model's names. */
    private static void refuseControlNet(StateDict single) {
        boolean wholeModel =
                hasAny(single, ModelFamily.SD1.section(ModelPart.UNET).prefix());
        if (ControlNetFile.isControlNet(single) && !wholeModel) {
            throw new WeightsException(
                    single.source() + ": a ControlNet, which steers a model and is none: give it with"
                            + " --controlnet (LoadOptions.withControlNet), and with --model the model that it is for");
        }
    }

    private static void refuseLora(StateDict single) {
        if (LoraFile.isLora(single)) {
            UnsupportedAdapters.refuse(single);
            throw new WeightsException(single.source() + ": a LoRA, which changes a model and is none: give it with"
                    + " --lora (LoadOptions.withLora), and with --model the model that it is for");
        }
    }

    private static WeightsException none(StateDict single) {
        return new WeightsException(single.source() + ": no Stable Diffusion 1, 2 or XL model: nothing is called "
                + ModelFamily.SD1.distinctivePrefix() + "..., " + ModelFamily.SD2.distinctivePrefix() + "... or "
                + ModelFamily.SDXL.distinctivePrefix() + "...");
    }

    private static void refuse(StateDict single, String prefix, String what) {
        if (hasAny(single, prefix)) {
            throw unsupported(single, what);
        }
    }

    private static WeightsException unsupported(StateDict single, String what) {
        return new WeightsException(single.source() + ": " + what + ", which is not supported as a model");
    }

    private static boolean hasAny(StateDict dict, String prefix) {
        return dict.names().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
