package io.percolate.pipeline.data;

import io.percolate.files.BadFileException;

/** A data set that cannot be used; the message is one line that names the folder or file and the way out. */
public final class DatasetException extends BadFileException {

    private static final long serialVersionUID = 1L;

    /** A data set that is wrong in itself. */
    public DatasetException(String message) {
        super(message);
    }

    /** A data set that could not be read or written because of {@code cause}. */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
