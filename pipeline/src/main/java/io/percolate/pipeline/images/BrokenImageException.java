package io.percolate.pipeline.images;

import io.percolate.files.BadFileException;
import java.nio.file.Path;

/** An image file that cannot be read; the message is one line that names the file and the reason. */
public final class BrokenImageException extends BadFileException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    BrokenImageException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
        this.file = file;
    }

    BrokenImageException(Path file, String reason) {
        this(file, reason, null);
    }

    /** The file that cannot be read. */
    public Path file() {
        return file;
    }
}
