package io.percolate.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.files.BadFileException;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.tests.TestFolders;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** The directory of cases, and how far from them a result may be. */
final class Reference {

    /** Where the cases are. */
    static final Path FOLDER = folder(System.getProperty("percolate.reference", TestFolders.DATA.toString()));

    private Reference() {}

    /** A relative path is meant from where Maven was started, which is the folder above this module. */
    private static Path folder(String path) {
        Path above = Path.of("..").resolve(path);
        return Files.isDirectory(above) ? above : Path.of(path);
    }

    /** The files and folders whose path below {@link #FOLDER} matches {@code glob}, in order. */
    static List<Path> find(String glob) {
        return TestFolders.find(FOLDER, glob);
    }

    /** The closed-form network of the reference: tanh(0.7 x + 0.3 sin(t / 90)). */
    static NDArray network(NDArray x, double timestep) {
        return x.mul(0.7).add(0.3 * Math.sin(timestep / 90)).tanh();
    }

    /** How a test of a file is called: its path below {@link #FOLDER}, without the ending. */
    static String name(Path file) {
        return FOLDER.relativize(file).toString().replace('\\', '/').replaceFirst("\\.[a-z]+$", "");
    }

    /** Runs {@code body} without gradients, on the tensors of {@code file}; everything it makes is freed. */
    static void with(Path file, Consumer<Tensors> body) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors tensors = SafeTensors.open(file)) {
            Gradients.off(() -> {
                Scope.run(() -> body.accept(new Tensors(tensors, manager)));
                return null;
            });
        }
    }

    /** What {@code supported} gives, or a skipped test that says which {@code part} Percolate cannot read. */
    static <T> T orNotCovered(String part, Supplier<T> supported) {
        try {
            return supported.get();
        } catch (BadFileException unsupported) {
            String message = "not covered: " + part + ": " + unsupported.getMessage();
            System.out.println("reference suite: " + message);
            return Assumptions.abort(message);
        }
    }

    /** Demands equal shapes and values apart by at most {@code tolerance} times the largest magnitude expected. */
    public static void assertClose(String what, NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).as("shape of " + what).isEqualTo(expected.getShape());
        assertClose(what, doubles(actual), doubles(expected), tolerance);
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

    static double[] doubles(NDArray x) {
        try (NDArray converted = x.toType(DataType.FLOAT64, true)) {
            return converted.toDoubleArray();
        }
    }

    /**
     * A file's tensors, read where they are wanted.
     *
     * @param file the file
     * @param manager who owns what is read
     */
    record Tensors(SafeTensors file, NDManager manager) {

        NDArray get(String name) {
            return file.read(manager, name);
        }

        double[] numbers(String name) {
            return doubles(get(name));
        }

        boolean has(String name) {
            return file.has(name);
        }
    }
}
