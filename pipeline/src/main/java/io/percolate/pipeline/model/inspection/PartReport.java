package io.percolate.pipeline.model.inspection;

import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorInfo;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One network of a model.
 *
 * @param name such as {@code unet}
 * @param tensors number of tensors
 * @param parameters number of numbers in them
 * @param bytes they take in the file
 * @param types what they are stored as
 * @param problem what is missing, unexpected or misshaped; empty if everything fits
 */
public record PartReport(
        String name, int tensors, long parameters, long bytes, Set<ElementType> types, String problem) {

    static PartReport of(String name, StateDict dict, String problem) {
        List<TensorInfo> tensors = dict.names().stream().map(dict::info).toList();
        Set<ElementType> types = new TreeSet<>();
        tensors.forEach(tensor -> types.add(tensor.type()));
        return new PartReport(
                name,
                tensors.size(),
                tensors.stream().mapToLong(TensorInfo::size).sum(),
                tensors.stream().mapToLong(TensorInfo::bytes).sum(),
                types,
                problem);
    }

    static PartReport broken(String name, String problem) {
        return new PartReport(name, 0, 0, 0, Set.of(), problem);
    }

    /** What does not fit, or nothing. */
    static String problem(LoadReport report) {
        return report.fits() ? "" : report.message();
    }

    /** Whether everything is there and nothing else. */
    public boolean fits() {
        return problem.isEmpty();
    }
}
