package io.percolate.cluster.train;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.training.parallel.WireType;

/** Reads the name of what workers send their numbers as. */
final class WireName extends ConstantName<WireType> {

    WireName() {
        super(WireType.class, "number type");
    }
}
