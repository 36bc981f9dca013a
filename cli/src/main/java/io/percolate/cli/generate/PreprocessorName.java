package io.percolate.cli.generate;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.control.Preprocessor;

/** Reads the name of a preprocessor of control images, such as {@code canny}. */
final class PreprocessorName extends ConstantName<Preprocessor> {

    PreprocessorName() {
        super(Preprocessor.class, "preprocessor");
    }
}
