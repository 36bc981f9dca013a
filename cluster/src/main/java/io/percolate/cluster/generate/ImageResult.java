package io.percolate.cluster.generate;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param row of the request
 * @param seed of its noise
 * @param path of its file, absolute
 * @param seconds that it took; 0 if the file was there before
 * @param error why there is no image; null if there is one
 */
record ImageResult(int row, long seed, String path, double seconds, @Nullable String error) implements Serializable {

    /** A row of the result table. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("row", row);
        values.put("path", error == null ? path : null);
        values.put("seed", seed);
        values.put("seconds", seconds);
        values.put("error", error);
        return values;
    }
}
