package io.percolate.pipeline.comparison.stages;

import io.percolate.files.PercolateException;

/** A stage that failed in a process of its own; the message says why. */
public final class StageException extends PercolateException {

    private static final long serialVersionUID = 1;

    StageException(String message) {
        super(message);
    }
}
