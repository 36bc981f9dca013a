package io.percolate.weights.tensors;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the tensors of a file with those of a network and reports everything that does not fit at once.
 *
 * @param source the file
 * @param missing names the network has and the file has not
 * @param unexpected names the file has and the network has not
 * @param misshaped tensors of another shape, with both shapes
 */
public record LoadReport(String source, List<String> missing, List<String> unexpected, List<String> misshaped) {

    public static final int SHOWN = 8;

    /** Copies the lists. */
    public LoadReport {
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        misshaped = List.copyOf(misshaped);
    }

    /** Compares names and shapes; nothing is read. */
    public static LoadReport compare(StateDict dict, Map<String, Shape> expected) {
        List<String> missing = new ArrayList<>();
        List<String> misshaped = new ArrayList<>();
        expected.forEach((name, shape) -> {
            if (!dict.has(name)) {
                missing.add(name);
            } else if (!dict.info(name).shape().equals(shape)) {
                misshaped.add(name + " is " + dict.info(name).shape() + " and not " + shape);
            }
        });
        List<String> unexpected = new ArrayList<>(dict.names());
        unexpected.removeIf(expected::containsKey);
        return new LoadReport(dict.source(), missing, unexpected, misshaped);
    }

    /** Whether every tensor fits. */
    public boolean fits() {
        return missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty();
    }

    /** Everything that does not fit, in one line. */
    public String message() {
        List<String> parts = new ArrayList<>();
        describe(parts, "missing", missing);
        describe(parts, "unexpected", unexpected);
        describe(parts, "mis-shaped", misshaped);
        return source + (fits() ? " fits the network" : " does not fit the network: " + String.join("; ", parts));
    }

    /** Fails with {@link #message} unless every tensor fits. */
    public void requireFit() {
        if (!fits()) {
            throw new WeightsException(message());
        }
    }

    private static void describe(List<String> parts, String what, List<String> names) {
        if (!names.isEmpty()) {
            String rest = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
            List<String> shown = names.subList(0, Math.min(SHOWN, names.size()));
            parts.add(names.size() + " " + what + " (" + String.join(", ", shown) + rest + ")");
        }
    }
}
