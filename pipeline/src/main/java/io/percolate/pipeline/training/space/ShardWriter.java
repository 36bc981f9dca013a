package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers latents until there are enough of them for a shard, or half a minute's work: that much a kill may cost. */
final class ShardWriter implements AutoCloseable {

    private static final int TENSORS = 256;
    private static final long BYTES = 1 << 26;
    private static final long NANOSECONDS = 30_000_000_000L;

    private final LatentShards shards;
    private final Map<String, NDArray> gathered = new LinkedHashMap<>();
    private long bytes;
    private long since = System.nanoTime();

    ShardWriter(LatentShards shards) {
        this.shards = shards;
    }

    /** Takes over {@code latents} (2,C,h,w). */
    void add(String name, NDArray latents) {
        NDArray before = gathered.put(name, latents);
        if (before != null) {
            before.close();
        }
        bytes += latents.size() * Float.BYTES;
    }

    /** Whether it is time for {@link #flush}. */
    boolean isFull() {
        return gathered.size() >= TENSORS || bytes >= BYTES || System.nanoTime() - since >= NANOSECONDS;
    }

    /** Writes what is gathered. */
    void flush() {
        if (!gathered.isEmpty()) {
            shards.write(gathered);
        }
        close();
        since = System.nanoTime();
    }

    /** Drops what is gathered. */
    @Override
    public void close() {
        gathered.values().forEach(NDArray::close);
        gathered.clear();
        bytes = 0;
    }
}
