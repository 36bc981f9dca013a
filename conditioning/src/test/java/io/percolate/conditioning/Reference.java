package io.percolate.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;

/** The numbers of the Python implementations. */
public final class Reference {

    private Reference() {}

    public static Path folder(String name) {
        return Path.of(System.getProperty("percolate.testdata"), name.split("/"));
    }

    /** Equal to 1e-4 of the reference's largest magnitude, the tolerance of a single call. */
    public static void assertClose(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        float largest = expected.abs().max().getFloat();
        float error = actual.sub(expected).abs().max().getFloat();
        assertThat(error / largest).isLessThan(1e-4f);
    }
}
