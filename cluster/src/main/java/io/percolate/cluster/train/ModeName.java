package io.percolate.cluster.train;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.training.parallel.ParallelMode;

/** Reads the name of what workers do between two exchanges. */
final class ModeName extends ConstantName<ParallelMode> {

    ModeName() {
        super(ParallelMode.class, "mode");
    }
}
