package io.percolate.nn.optim;

import io.percolate.nn.Parameter;
import io.percolate.nn.TensorList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The parameters that an optimiser moves, by name. */
record Trainables(Map<String, Parameter> parameters) {

    TensorList values() {
        return TensorList.values(parameters.values());
    }

    /** The values, after a check that a gradient has reached every one of them. */
    TensorList withGradients() {
        TensorList values = values();
        List<String> missing = withoutGradient(values);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no gradient reached " + String.join(", ", missing)
                    + ": the loss does not depend on them, or makeTrainable was not called;"
                    + " leave them out of the optimiser if they are not to be trained");
        }
        return values;
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
