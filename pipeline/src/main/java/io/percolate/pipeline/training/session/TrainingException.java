package io.percolate.pipeline.training.session;

import io.percolate.files.PercolateException;

/** A training that cannot go on; the message says what was kept and the way out. */
public final class TrainingException extends PercolateException {

    private static final long serialVersionUID = 1;

    TrainingException(String message) {
        super(message);
    }
}
