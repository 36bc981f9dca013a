package io.percolate.weights;

import io.percolate.files.AtomicFile;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The small trained model that ships inside this module's jar, float16, in the layout of any other model folder.
 *
 * <p>Weights are mapped from files, so its files are copied out of the jar once for each version of the model, into
 * {@code percolate} below the user's cache folder ({@code XDG_CACHE_HOME}, or {@code .cache} at home), or into the
 * folder that the system property {@code percolate.cache} names. Users who can write neither of the first two, such as
 * those of containers, get a copy in the folder for temporary files for as long as the JVM runs.
 */
public final class EmbeddedModel {

    private static final String ROOT = "embedded/";

    private EmbeddedModel() {}

    /** The model folder, unpacked if it was not yet; safe to call from many threads and processes. */
    public static Path folder() {
        String chosen = System.getProperty("percolate.cache");
        String name = "embedded-" + line("VERSION");
        if (chosen != null) {
            return unpacked(Path.of(chosen).resolve(name));
        }
        try {
            return unpacked(userCache().resolve(name));
        } catch (UncheckedIOException unwritable) {
            return Temporary.FOLDER;
        }
    }

    /** A copy of this process alone: its name cannot be guessed, others cannot write it, and it is deleted at exit. */
    private static final class Temporary {

        static final Path FOLDER = unpacked(created());

        private static Path created() {
            try {
                Path folder = Files.createTempDirectory("percolate-");
                folder.toFile().deleteOnExit();
                for (String file : files()) {
                    folder.resolve(file).getParent().toFile().deleteOnExit();
                    folder.resolve(file).toFile().deleteOnExit();
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "no place for the embedded model: name one with XDG_CACHE_HOME: " + e.getMessage(), e);
            }
        }
    }

    private static Path unpacked(Path folder) {
        for (String file : files()) {
            Path target = folder.resolve(file);
            if (!Files.exists(target)) {
                AtomicFile.write(target, out -> {
                    try (InputStream in = resource(file).openStream()) {
                        in.transferTo(out);
                    }
                });
            }
        }
        return folder;
    }

    /** The files of the model folder, as listed beside them in the jar. */
    private static List<String> files() {
        return text("FILES").lines().filter(line -> !line.isBlank()).toList();
    }

    private static String line(String file) {
        return text(file).strip();
    }

    private static String text(String file) {
        try (InputStream in = resource(file).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the embedded model: " + e.getMessage(), e);
        }
    }

    private static URL resource(String file) {
        URL url = EmbeddedModel.class.getResource(ROOT + file);
        if (url == null) {
            throw new WeightsException("the embedded model is not on the class path: no resource " + ROOT + file);
        }
        return url;
    }

    private static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("percolate");
    }
}
