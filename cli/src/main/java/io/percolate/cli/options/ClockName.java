package io.percolate.cli.options;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.training.session.TrainingClock;

/** Reads what minutes are counted by, such as {@code processor}. */
public final class ClockName extends ConstantName<TrainingClock> {

    public ClockName() {
        super(TrainingClock.class, "clock");
    }
}
