package io.percolate.studio.gallery;

import io.percolate.studio.http.RequestId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** PNG files in memory under names that nobody can guess; the oldest go when they are too many. Thread-safe. */
public final class RecentImages {

    private static final long MOST_BYTES = 32L << 20;

    private final Map<String, byte[]> images = new LinkedHashMap<>();
    private long bytes;

    /** Keeps an image for a while, and gives it a name. */
    public synchronized String add(byte[] png) {
        String id = RequestId.random(16);
        images.put(id, png);
        bytes += png.length;
        Iterator<byte[]> oldest = images.values().iterator();
        while (bytes > MOST_BYTES && images.size() > 1) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
        return id;
    }

    /** An image, if it is still there. */
    synchronized Optional<byte[]> png(String id) {
        return Optional.ofNullable(images.get(id));
    }
}
