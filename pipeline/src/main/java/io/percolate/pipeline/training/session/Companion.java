package io.percolate.pipeline.training.session;

import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.UpdateRule;
import java.util.Map;

/**
 * A network that trains beside the one that a {@link TrainingTask} is about.
 *
 * @param name what checkpoints call it
 * @param parameters what it consists of
 * @param optimizer what moves them
 */
public record Companion(String name, Map<String, Parameter> parameters, UpdateRule optimizer) {

    String optimizerGroup() {
        return name + "_optimizer";
    }

    String stepCount() {
        return name + "_steps";
    }
}
