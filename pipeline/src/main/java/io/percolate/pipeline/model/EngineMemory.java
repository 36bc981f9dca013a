package io.percolate.pipeline.model;

import ai.djl.engine.EngineException;
import io.percolate.files.OutOfMemoryException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells native memory that ran out from the engine's other failures. */
public final class EngineMemory {

    private static final Pattern OUT = Pattern.compile("(?i)can't allocate memory|not enough memory|out of memory");
    private static final Pattern BYTES = Pattern.compile("(?i)tried to allocate (\\d+(?:\\.\\d+)? ?\\w+)");

    private EngineMemory() {}

    /**
     * The result of {@code work}.
     *
     * @param wayOut how to need less memory
     * @throws OutOfMemoryException if the engine runs out of memory
     */
    public static <T> T guard(String wayOut, Supplier<T> work) {
        try {
            return work.get();
        } catch (EngineException failure) {
            String message = String.valueOf(failure.getMessage());
            if (OUT.matcher(message).find()) {
                throw new OutOfMemoryException(
                        "the engine ran out of memory" + wanted(message) + ": " + wayOut, failure);
            }
            throw failure;
        }
    }

    private static String wanted(String message) {
        Matcher bytes = BYTES.matcher(message);
        return bytes.find() ? " when it needed " + bytes.group(1).toLowerCase(Locale.ROOT) + " more" : "";
    }
}
