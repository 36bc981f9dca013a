package io.percolate.cluster.encode;

import io.percolate.pipeline.training.space.ShardReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an encoding did.
 *
 * @param images of the data set that can be framed
 * @param shards that were missing
 * @param unreadable files that could not be opened
 * @param seconds from the first job to the end of the last
 */
record EncodeReport(int images, List<ShardReport> shards, List<String> unreadable, double seconds) {

    /** Images that were encoded now. */
    int encoded() {
        return shards.stream().mapToInt(ShardReport::encoded).sum();
    }

    /** Files that are no images, with the reason for each, and those that could not be opened. */
    Map<String, String> broken() {
        Map<String, String> broken = new TreeMap<>();
        shards.forEach(shard -> broken.putAll(shard.broken()));
        unreadable.forEach(file -> broken.put(file, "cannot be opened"));
        return broken;
    }

    /** As {@code --json} prints it. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("images", images);
        values.put("encoded", encoded());
        values.put("shards", shards.size());
        values.put("bytes", shards.stream().mapToLong(ShardReport::bytes).sum());
        values.put(
                "task_seconds",
                shards.stream().mapToDouble(ShardReport::seconds).sum());
        values.put("seconds", seconds);
        values.put("broken", broken());
        return values;
    }

    /** In a line, with a line for each broken file. */
    String text() {
        StringBuilder text = new StringBuilder(
                "encoded %,d of %,d images into %,d shards".formatted(encoded(), images, shards.size()));
        broken().forEach((file, reason) ->
                text.append("\nleft out ").append(file).append(": ").append(reason));
        return text.toString();
    }
}
