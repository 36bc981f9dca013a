package io.percolate.weights.lora;

import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Files that are taken for a LoRA by mistake, told by the names of their tensors. */
public final class UnsupportedAdapters {

    private static final Map<Pattern, String> KINDS = kinds();

    private UnsupportedAdapters() {}

    /** Fails with what {@code dict} is, if that is known and is no LoRA. */
    public static void refuse(StateDict dict) {
        KINDS.forEach((names, what) -> {
            if (dict.names().stream().anyMatch(names.asPredicate())) {
                throw new WeightsException(dict.source() + ": " + what + ", which is not supported");
            }
        });
    }

    private static Map<Pattern, String> kinds() {
        Map<Pattern, String> kinds = new LinkedHashMap<>();
        kind(kinds, "\\.(dora_scale|lora_magnitude_vector)\\b", "a DoRA");
        kind(kinds, "\\.hada_[wt]\\d", "a LoHa");
        kind(kinds, "\\.lokr_[wt]\\d", "a LoKr");
        kind(kinds, "\\.lora_mid\\.", "a LoRA of convolutions in three factors (lora_mid)");
        kind(kinds, "\\.(on_input$|ia3_l)", "an IA3 adapter");
        kind(kinds, "\\.oft_", "an OFT adapter");
        kind(kinds, "\\.[ab][12]\\.weight$", "a GLoRA");
        kind(kinds, "\\.(diff|diff_b|set_weight)$", "a LoRA with changes of full rank");
        kind(kinds, "^bundle_emb\\.", "a LoRA with a textual inversion in it");
        kind(kinds, "^(emb_params|clip_[lg]|<.*>)$", "a textual inversion (that is for --embedding)");
        kind(kinds, "^(control_model|controlnet_\\w+|lora_controlnet)\\b", "a ControlNet (that is for --controlnet)");
        kind(kinds, "^(ip_adapter|image_proj)\\.", "an IP-Adapter");
        kind(kinds, "(double|single|joint)_blocks|^transformer\\.", "a model or LoRA with a transformer, such as Flux");
        kind(kinds, "^base_model\\.model\\.", "an adapter of PEFT, whose alpha is in another file");
        return kinds;
    }

    private static void kind(Map<Pattern, String> kinds, String names, String what) {
        kinds.put(Pattern.compile(names), what);
    }
}
