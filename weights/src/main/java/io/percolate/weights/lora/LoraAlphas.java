package io.percolate.weights.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where the alpha of an update comes from: a tensor beside its factors, the metadata that diffusers writes for PEFT,
 * or nowhere, which means the rank.
 */
final class LoraAlphas {

    static final String TENSOR = ".alpha";

    private static final String METADATA = "lora_adapter_metadata";

    private final StateDict dict;
    private final Optional<JsonConfig> metadata;
    private final NDManager manager;

    LoraAlphas(StateDict dict, NDManager manager) {
        this.dict = dict;
        this.manager = manager;
        String json = dict.metadata().get(METADATA);
        metadata = Optional.ofNullable(json)
                .map(text -> JsonConfig.parse(dict.source() + ": " + METADATA, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The alpha of the update whose layer is called {@code layer} in the file. */
    double of(String layer, long rank) {
        double alpha = dict.has(layer + TENSOR)
                ? number(layer + TENSOR)
                : metadata.map(json -> of(json, layer, rank)).orElse((double) rank);
        if (!Double.isFinite(alpha)) {
            throw new WeightsException(dict.source() + ": the alpha of " + layer + " is " + alpha);
        }
        return alpha;
    }

    private double number(String tensor) {
        if (dict.info(tensor).size() != 1) {
            throw new WeightsException(
                    dict.source() + ": " + tensor + " is " + dict.info(tensor).shape() + " but must be one number");
        }
        try (NDArray alpha = dict.read(manager, tensor, DataType.FLOAT32)) {
            return alpha.toFloatArray()[0];
        }
    }

    /**
     * Keys begin like the layers' names, such as {@code unet.}. Rank-stabilised updates are divided by the root of the
     * rank.
     */
    private static double of(JsonConfig json, String layer, long rank) {
        String part = layer.replaceFirst("^(unet\\.|text_encoder\\.|text_encoder_2\\.|).*", "$1");
        double alpha = json.section(part + "alpha_pattern")
                .flatMap(patterns -> exception(patterns, layer))
                .orElseGet(() -> json.number(part + "lora_alpha", rank));
        return json.flag(part + "use_rslora", false) ? alpha * Math.sqrt(rank) : alpha;
    }

    /** The alpha of a layer that is an exception: each key of {@code patterns} is the end of such a layer's name. */
    private static Optional<Double> exception(JsonConfig patterns, String layer) {
        for (Map.Entry<String, Object> pattern : patterns.values().entrySet()) {
            if (!pattern.getKey().matches("[\\w.]+")) {
                throw new WeightsException(patterns.source() + ": " + pattern.getKey()
                        + " is an expression, which is not supported: write out the names of the layers");
            }
            if (("." + layer).endsWith("." + pattern.getKey())) {
                return Optional.of(patterns.number(pattern.getKey()));
            }
        }
        return Optional.empty();
    }
}
