package io.percolate.nn.optim;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TensorList;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The parameters that an optimiser moves, by name. */
final class ParameterGroup {

    private final Map<String, Parameter> parameters;
    private boolean connected;

    ParameterGroup(Map<String, Parameter> parameters) {
        this.parameters = parameters;
    }

    /** Those of {@code parameters} that have such a shape. */
    static ParameterGroup where(Map<String, Parameter> parameters, Predicate<Shape> shape) {
        Map<String, Parameter> chosen = new LinkedHashMap<>(parameters);
        chosen.values().removeIf(parameter -> !shape.test(parameter.shape()));
        return new ParameterGroup(chosen);
    }

    /** A root memory manager on the device of {@code parameters}; whoever asks for it closes it. */
    static NDManager managerOf(Map<String, Parameter> parameters) {
        return TorchEngine.newManager(
                parameters.values().stream().findFirst().map(Parameter::device).orElse(Device.cpu()));
    }

    boolean isEmpty() {
        return parameters.isEmpty();
    }

    Map<String, Parameter> parameters() {
        return parameters;
    }

    TensorList values() {
        return Parameter.values(parameters.values());
    }

    /**
     * The values. The first call checks that a gradient has reached every one of them; later calls do not, because a
     * part of the model may take no part in a step.
     */
    TensorList withGradients() {
        TensorList values = values();
        if (!connected) {
            requireGradients(values);
            connected = true;
        }
        return values;
    }

    void dropGradients() {
        parameters.values().forEach(Parameter::dropGradient);
    }

    private void requireGradients(TensorList values) {
        List<String> missing = withoutGradient(values);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no gradient reached " + String.join(", ", missing)
                    + ": the loss does not depend on them, or makeTrainable was not called;"
                    + " leave them out of the optimiser if they are not to be trained");
        }
    }

    private List<String> withoutGradient(TensorList values) {
        List<String> missing = new ArrayList<>();
        Iterator<String> names = parameters.keySet().iterator();
        for (boolean present : values.haveGradients()) {
            String name = names.next();
            if (!present) {
                missing.add(name);
            }
        }
        return missing;
    }
}
