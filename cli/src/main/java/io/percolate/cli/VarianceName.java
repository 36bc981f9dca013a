package io.percolate.cli;

import io.percolate.diffusion.process.GaussianPosterior.Variance;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a variance on the command line. */
final class VarianceName implements ITypeConverter<Variance> {

    @Override
    public Variance convert(String name) {
        return switch (name) {
            case "large" -> Variance.FIXED_LARGE;
            case "small" -> Variance.FIXED_SMALL;
            default ->
                throw new TypeConversionException("no variance is called '" + name + "', choose one of large small");
        };
    }
}
