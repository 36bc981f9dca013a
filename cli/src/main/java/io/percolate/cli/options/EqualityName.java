package io.percolate.cli.options;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.comparison.Equality;

/** Reads what arms have as much of, such as {@code flops}. */
public final class EqualityName extends ConstantName<Equality> {

    public EqualityName() {
        super(Equality.class, "measure");
    }
}
