package io.percolate.pipeline.training.tuning;

import io.percolate.files.Json;
import io.percolate.weights.layout.ModelPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a LoRA file says of itself: how PEFT sets its layers up, and what kohya's trainer notes.
 *
 * @param parts the networks that have updates
 * @param steps of training
 */
record LoraMetadata(LoraPlan plan, TuningFacts facts, Set<ModelPart> parts, long steps) {

    Map<String, String> of(BaseModel base) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("lora_adapter_metadata", json(peft()));
        metadata.put("ss_network_module", "networks.lora");
        metadata.put("ss_network_dim", String.valueOf(plan.size().rank()));
        metadata.put("ss_network_alpha", String.valueOf(plan.size().alpha()));
        metadata.put("ss_sd_model_name", base.name());
        metadata.put("ss_base_model_version", base.family());
        metadata.put("ss_steps", String.valueOf(steps));
        metadata.put("ss_resolution", "(%d, %d)".formatted(facts.side(), facts.side()));
        metadata.put("ss_num_train_images", String.valueOf(facts.dataset().size()));
        metadata.put("ss_tag_frequency", json(Map.of("images", facts.tags())));
        return metadata;
    }

    private Map<String, Object> peft() {
        Map<String, Object> values = new TreeMap<>();
        for (ModelPart part : parts) {
            String prefix = part.folder() + ".";
            values.put(prefix + "r", plan.size().rank());
            values.put(prefix + "lora_alpha", plan.size().alpha());
            values.put(prefix + "lora_dropout", plan.size().dropout());
            values.put(prefix + "target_modules", part == ModelPart.UNET ? unetTargets() : LoraAdaptation.TEXT_TARGETS);
        }
        return values;
    }

    private static String json(Map<String, ?> values) {
        return new String(Json.compact(values), StandardCharsets.UTF_8);
    }

    private List<String> unetTargets() {
        return plan.targets().stream()
                .flatMap(target -> target.names().stream())
                .toList();
    }
}
