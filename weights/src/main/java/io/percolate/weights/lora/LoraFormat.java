package io.percolate.weights.lora;

import io.percolate.weights.layout.ModelPart;
import java.util.Map;
import java.util.regex.Pattern;

/** How a LoRA file that is written names its tensors. */
public enum LoraFormat {

    /** As diffusers writes it: alpha is in the metadata, and attention's factors are called otherwise than the rest. */
    DIFFUSERS("pytorch_lora_weights.safetensors") {
        @Override
        String layer(ModelPart part, String layer) {
            return part.folder() + "." + layer;
        }

        @Override
        LoraNaming naming(ModelPart part, String layer) {
            if (part == ModelPart.UNET) {
                return ATTENTION.matcher(layer).find() ? LoraNaming.DIFFUSERS : LoraNaming.PEFT;
            }
            return TEXT_ATTENTION.matcher(layer).find() ? LoraNaming.LINEAR_LAYER : LoraNaming.PEFT;
        }

        @Override
        boolean hasAlphas() {
            return false;
        }
    },

    /** Kohya's names as diffusers converts to them: an alpha for every layer, and underscores for dots. */
    KOHYA("lora.safetensors", "lora_te_"),

    /** The same as kohya's own trainer has them for Stable Diffusion XL, whose first text encoder has another prefix. */
    KOHYA_XL("lora.safetensors", "lora_te1_");

    private static final Pattern ATTENTION = Pattern.compile("\\.to_(q|k|v|out\\.0)$");
    private static final Pattern TEXT_ATTENTION = Pattern.compile("\\.(q|k|v|out)_proj$");

    private final String file;
    private final Map<ModelPart, String> prefixes;

    LoraFormat(String file) {
        this(file, "");
    }

    LoraFormat(String file, String firstTextEncoder) {
        this.file = file;
        prefixes = Map.of(
                ModelPart.UNET,
                "lora_unet_",
                ModelPart.TEXT_ENCODER,
                firstTextEncoder,
                ModelPart.TEXT_ENCODER_2,
                "lora_te2_");
    }

    /** What such a file in a folder is called. */
    public String file() {
        return file;
    }

    /** What a layer is called. */
    String layer(ModelPart part, String layer) {
        return prefixes.get(part) + LoraTarget.flat(layer);
    }

    LoraNaming naming(ModelPart part, String layer) {
        return LoraNaming.KOHYA;
    }

    boolean hasAlphas() {
        return true;
    }
}
