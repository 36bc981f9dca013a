package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;

/** Cases computed with diffusers, and how near to them is near enough. */
final class Reference {

    static final Path FOLDER = Path.of(System.getProperty("percolate.testdata"));

    private Reference() {}

    /** Every value within {@code tolerance} of the expected one, relative to the largest magnitude expected. */
    public static void assertClose(String name, NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).as(name).isEqualTo(expected.getShape());
        double error = actual.sub(expected).abs().max().getFloat();
        double scale = expected.abs().max().getFloat();
        assertThat(error / scale).as("error of " + name).isLessThan(tolerance);
    }
}
