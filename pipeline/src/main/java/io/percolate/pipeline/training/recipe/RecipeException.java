package io.percolate.pipeline.training.recipe;

import io.percolate.files.BadFileException;

/** A recipe that cannot be trained by; the message names its source, the key and what it must be. */
public final class RecipeException extends BadFileException {

    private static final long serialVersionUID = 1;

    RecipeException(String message) {
        super(message);
    }

    RecipeException(String message, Throwable cause) {
        super(message, cause);
    }
}
