package io.percolate.tests.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.BadFileException;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.tests.TestFolders;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** The directory of cases that the suite goes through, and how a case is run. */
final class Suite {

    /** Where the cases are. */
    static final Path FOLDER = folder(System.getProperty("percolate.reference", TestFolders.DATA.toString()));

    private Suite() {}

    /** A relative path is meant from where Maven was started, which is the folder above this module. */
    private static Path folder(String path) {
        Path above = Path.of("..").resolve(path);
        return Files.isDirectory(above) ? above : Path.of(path);
    }

    /** The files and folders whose path below {@link #FOLDER} matches {@code glob}, in order. */
    static List<Path> find(String glob) {
        return Reference.find(FOLDER, glob);
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
            return Reference.doubles(get(name));
        }

        boolean has(String name) {
            return file.has(name);
        }
    }
}
