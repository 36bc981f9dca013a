package io.percolate.weights;

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
 * folder that the system property {@code percolate.cache} names.
 */
public final class EmbeddedModel {

    private static final String ROOT = "embedded/";

    private EmbeddedModel() {}

    /** The model folder, unpacked if it was not yet; safe to call from many threads and processes. */
    public static Path folder() {
        Path folder = cache().resolve("embedded-" + line("VERSION"));
        for (String file : files()) {
            Path target = folder.resolve(file);
            if (!Files.exists(target)) {
                WholeFile.write(target, out -> {
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

    private static Path cache() {
        String chosen = System.getProperty("percolate.cache");
        if (chosen != null) {
            return Path.of(chosen);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("percolate");
    }
}
