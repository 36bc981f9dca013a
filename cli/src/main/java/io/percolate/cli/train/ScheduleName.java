package io.percolate.cli.train;

import io.percolate.command.options.ConstantName;
import io.percolate.nn.optim.LearningRate.Decay;

/** Reads the name of a learning-rate schedule, such as {@code cosine}. */
final class ScheduleName extends ConstantName<Decay> {

    ScheduleName() {
        super(Decay.class, "schedule");
    }
}
