package io.percolate.command.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Results for programs to read. */
public final class JsonText {

    private JsonText() {}

    /** Records, maps and lists as one line of JSON. */
    public static String of(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a result that is not JSON: " + impossible.getMessage(), impossible);
        }
    }
}
