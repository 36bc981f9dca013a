package io.percolate.pipeline.images;

import io.percolate.files.CancelledException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An image beside the numbers it shows: without it, for want of fonts for instance, they are no less worth keeping. */
public final class OptionalImage {

    private static final Logger LOG = LoggerFactory.getLogger(OptionalImage.class);

    private OptionalImage() {}

    /** Lets {@code writer} write {@code file}; a failure is logged. */
    public static void write(Path file, Consumer<Path> writer) {
        try {
            writer.accept(file);
        } catch (CancelledException ended) {
            throw ended;
        } catch (RuntimeException | InternalError | NoClassDefFoundError e) {
            LOG.warn("cannot write {}: {}", file, e.toString());
        }
    }
}
