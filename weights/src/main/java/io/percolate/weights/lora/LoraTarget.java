package io.percolate.weights.lora;

import io.percolate.weights.layout.ModelPart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The layer that an update is for.
 *
 * @param part the network
 * @param layer its name there, with underscores for dots: some files have them so, and the way back is not unique
 */
record LoraTarget(ModelPart part, String layer) {

    /** What names begin with: of kohya's trainer, of diffusers, of ComfyUI and of LyCORIS. */
    private static final Map<String, ModelPart> PREFIXES = prefixes();

    /** The first LoRAs were for the U-Net only and did not say so. */
    private static final Pattern BARE = Pattern.compile("(down_blocks|mid_block|up_blocks)\\..*");

    /** Reads the name of a layer as it stands in a file, without what follows it; empty if it is of no known part. */
    static Optional<LoraTarget> of(String name) {
        for (Map.Entry<String, ModelPart> prefix : PREFIXES.entrySet()) {
            if (name.startsWith(prefix.getKey())) {
                return Optional.of(new LoraTarget(
                        prefix.getValue(), flat(name.substring(prefix.getKey().length()))));
            }
        }
        return BARE.matcher(name).matches()
                ? Optional.of(new LoraTarget(ModelPart.UNET, flat(name)))
                : Optional.empty();
    }

    /** A layer's name without dots, and without the processor that some files have between attention and layer. */
    static String flat(String layer) {
        return layer.replace(".processor.", ".").replace('.', '_');
    }

    private static Map<String, ModelPart> prefixes() {
        Map<String, ModelPart> prefixes = new LinkedHashMap<>();
        prefixes.put("lora_unet_", ModelPart.UNET);
        prefixes.put("lora_te_", ModelPart.TEXT_ENCODER);
        prefixes.put("lora_te1_", ModelPart.TEXT_ENCODER);
        prefixes.put("lora_te2_", ModelPart.TEXT_ENCODER_2);
        prefixes.put("unet.", ModelPart.UNET);
        prefixes.put("text_encoder.", ModelPart.TEXT_ENCODER);
        prefixes.put("text_encoder_2.", ModelPart.TEXT_ENCODER_2);
        prefixes.put("diffusion_model.", ModelPart.UNET);
        prefixes.put("lycoris_", ModelPart.UNET);
        return prefixes;
    }
}
