package io.percolate.weights.layout;

import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that diffusers gave to attention before 2023, which published autoencoders still carry. */
public final class LegacyKeys {

    private static final Pattern LEGACY =
            Pattern.compile("(.*\\battentions\\.\\d+\\.)(query|key|value|proj_attn)(\\.(?:weight|bias))");

    private static final Map<String, String> CURRENT =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private LegacyKeys() {}

    /**
     * The tensors under today's names: {@code attentions.0.query.weight} is {@code attentions.0.to_q.weight}, and
     * a 1x1 convolution's weight (C, C, 1, 1) among them is a matrix (C, C).
     */
    public static StateDict current(StateDict dict) {
        return VaeLayout.matrices(TensorMap.view(dict, LegacyKeys::current));
    }

    private static String current(String name) {
        Matcher legacy = LEGACY.matcher(name);
        return legacy.matches() ? legacy.group(1) + CURRENT.get(legacy.group(2)) + legacy.group(3) : name;
    }
}
