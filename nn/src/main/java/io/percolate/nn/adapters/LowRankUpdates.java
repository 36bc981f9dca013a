package io.percolate.nn.adapters;

import io.percolate.nn.layers.AdaptableLayer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The low-rank updates of a frozen network. They take part in its forward pass from here on, and its parameters are not
 * among theirs: {@code down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight}, and so on.
 */
public final class LowRankUpdates extends Layer {

    /**
     * Updates of every layer of {@code network} whose dotted name passes; they have no values yet.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    public LowRankUpdates(Layer network, Predicate<String> names, LowRankConfig config) {
        int number = 0;
        for (Map.Entry<String, AdaptableLayer> layer :
                network.layers(AdaptableLayer.class).entrySet()) {
            if (names.test(layer.getKey())) {
                LowRankUpdate update = child(layer.getKey(), new LowRankUpdate(layer.getValue(), config, number++));
                layer.getValue().adapt(update);
            }
        }
        if (number == 0) {
            throw new IllegalArgumentException("the network has none of the layers that are to be changed");
        }
    }

    /** The first factors, (R,in) each, by the names of the layers. */
    public Map<String, Parameter> down() {
        return factors(".lora_A.weight");
    }

    /** The second factors, (out,R) each, by the names of the layers. */
    public Map<String, Parameter> up() {
        return factors(".lora_B.weight");
    }

    private Map<String, Parameter> factors(String suffix) {
        Map<String, Parameter> factors = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> {
            if (name.endsWith(suffix)) {
                factors.put(name.substring(0, name.length() - suffix.length()), parameter);
            }
        });
        return factors;
    }
}
