package io.percolate.cli.options;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.control.Preprocessor;

/** Reads the name of a preprocessor of control images, such as {@code canny}. */
public final class PreprocessorName extends ConstantName<Preprocessor> {

    public PreprocessorName() {
        super(Preprocessor.class, "preprocessor");
    }
}
