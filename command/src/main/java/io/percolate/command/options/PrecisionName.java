package io.percolate.command.options;

import io.percolate.nn.engine.Precision;

/** Reads the name of a number type, such as {@code bf16}. */
public final class PrecisionName extends ConstantName<Precision> {

    public PrecisionName() {
        super(Precision.class, "precision");
    }
}
