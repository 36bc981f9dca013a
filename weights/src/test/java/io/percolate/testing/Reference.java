package io.percolate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.weights.safetensors.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Cases computed with public implementations in Python, and how near to them is near enough. */
public final class Reference {

    /** Where the cases are that ship with the tests. */
    public static final Path FOLDER = Path.of(System.getProperty("percolate.testdata"));

    /** How near one call of a network in float32 comes. */
    public static final double CALL_TOLERANCE = 1e-4;

    /** How near a whole pipeline in float32 comes. */
    public static final double TOLERANCE = 1e-3;

    private Reference() {}

    /** A file or folder of the cases; {@code name} has slashes. */
    public static Path path(String name) {
        return FOLDER.resolve(name);
    }

    /** The files and folders at most three deep whose path below {@code folder} matches {@code glob}, in order. */
    public static List<Path> find(Path folder, String glob) {
        var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> matcher.matches(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot search " + folder, e);
        }
    }

    /** The list of cases in a JSON file. */
    public static List<Map<String, Object>> cases(Path file) {
        try {
            return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tensor of {@code folder}'s file {@code name}, which is given without its ending. */
    public static NDArray read(NDManager manager, Path folder, String name, String tensor) {
        try (SafeTensors tensors = SafeTensors.open(folder.resolve(name + ".safetensors"))) {
            return tensors.read(manager, tensor);
        }
    }

    /** The network in closed form that schedulers are compared with: tanh(0.7 x + 0.3 sin(t / 90)). */
    public static NDArray network(NDArray x, double timestep) {
        return x.mul(0.7).add(0.3 * Math.sin(timestep / 90)).tanh();
    }

    /** Demands equal shapes and values apart by at most {@code tolerance} times the largest magnitude expected. */
    public static void assertClose(String what, NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).as("shape of " + what).isEqualTo(expected.getShape());
        assertClose(what, doubles(actual), doubles(expected), tolerance);
    }

    /** The same for values that need no name. */
    public static void assertClose(NDArray actual, NDArray expected, double tolerance) {
        assertClose("values", actual, expected, tolerance);
    }

    /** The same for numbers in a row. */
    public static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as("number of values of " + what).hasSameSizeAs(expected);
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            apart = Math.max(apart, Math.abs(expected[i] - actual[i]));
        }
        assertThat(apart)
                .as("difference of " + what + ", of values up to " + largest)
                .isLessThanOrEqualTo(tolerance * largest);
    }

    /** The values of a tensor of any type. */
    public static double[] doubles(NDArray x) {
        try (NDArray converted = x.toType(DataType.FLOAT64, true)) {
            return converted.toDoubleArray();
        }
    }
}
