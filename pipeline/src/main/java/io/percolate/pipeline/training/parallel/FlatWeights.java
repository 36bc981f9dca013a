package io.percolate.pipeline.training.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TensorList;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.layers.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Parameters, and their gradients, as one row of numbers (N), in the order of the parameters. */
final class FlatWeights {

    private final Collection<Parameter> parameters;
    private final NDManager manager;

    /** @param manager on the device of the parameters */
    FlatWeights(Map<String, Parameter> parameters, NDManager manager) {
        this.parameters = parameters.values();
        this.manager = manager;
    }

    int size() {
        return Math.toIntExact(parameters.stream()
                .mapToLong(parameter -> parameter.shape().size())
                .sum());
    }

    float[] values() {
        return numbers(parameter -> parameter.value().toFloatArray());
    }

    void set(float[] values) {
        Gradients.off(() -> Scope.call(() -> {
            Parameter.values(parameters).copy(TensorList.of(arrays(values)));
            return this;
        }));
    }

    /** The gradients, which it drops; zeros where none arrived. */
    float[] takeGradients() {
        float[] gradients = numbers(FlatWeights::gradient);
        parameters.forEach(Parameter::dropGradient);
        return gradients;
    }

    private static float[] gradient(Parameter parameter) {
        try (NDArray gradient = Gradients.of(parameter.value())) {
            return gradient == null
                    ? new float[Math.toIntExact(parameter.shape().size())]
                    : gradient.toFloatArray();
        }
    }

    void addGradients(float[] gradients) {
        Scope.run(() -> {
            Iterator<NDArray> arrays = arrays(gradients).iterator();
            parameters.forEach(parameter -> parameter.addGradient(arrays.next()));
        });
    }

    private float[] numbers(Function<Parameter, float[]> of) {
        float[] all = new float[size()];
        int at = 0;
        for (Parameter parameter : parameters) {
            float[] own = of.apply(parameter);
            System.arraycopy(own, 0, all, at, own.length);
            at += own.length;
        }
        return all;
    }

    private List<NDArray> arrays(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(values.length + " numbers for " + size()
                    + " weights: the workers have another recipe than the driver");
        }
        List<NDArray> arrays = new ArrayList<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            int end = at + Math.toIntExact(parameter.shape().size());
            arrays.add(TorchArray.of(manager, Arrays.copyOfRange(values, at, end), parameter.shape()));
            at = end;
        }
        return arrays;
    }
}
