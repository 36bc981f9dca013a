package io.percolate.pipeline.images;

import io.percolate.files.BadFileException;
import java.nio.file.Path;

/** An image file that cannot be read; the message is one line that names the file and the reason. */
public final class BrokenImageException extends BadFileException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final boolean lasting;

    private BrokenImageException(Path file, String reason, Throwable cause, boolean lasting) {
        super(file + ": " + reason, cause);
        this.file = file;
        this.lasting = lasting;
    }

    /** A file whose content is wrong. */
    static BrokenImageException content(Path file, String reason, Throwable cause) {
        return new BrokenImageException(file, reason, cause, true);
    }

    /** A file that could not be read this time. */
    static BrokenImageException access(Path file, String reason, Throwable cause) {
        return new BrokenImageException(file, reason, cause, false);
    }

    /** Whether the same bytes fail again: not so if the file is missing or cannot be opened, or memory was short. */
    public boolean isLasting() {
        return lasting;
    }

    /** The file that cannot be read. */
    public Path file() {
        return file;
    }
}
