package io.percolate.cluster.encode;

import io.percolate.pipeline.training.space.CachePlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an encoding would do.
 *
 * @param images of the data set that can be framed
 * @param unread files whose content is unknown: each may need to be encoded
 * @param toEncode images that need to be encoded, those that are unread included
 * @param partitions of the second job, at most
 * @param bytes that the latents will take, at most
 */
record EncodeForecast(int images, int unread, int toEncode, int partitions, long bytes) {

    /** Opens no image. */
    static EncodeForecast of(CachePlan plan, EncodeSettings settings) {
        int unread = plan.unread().size();
        int known = plan.shards(settings.imagesPerTask()).stream()
                .mapToInt(shard -> shard.images().size())
                .sum();
        int toEncode = unread + known;
        int partitions = (toEncode + settings.imagesPerTask() - 1) / settings.imagesPerTask();
        return new EncodeForecast(plan.images(), unread, toEncode, partitions, toEncode * settings.bytesPerImage());
    }

    /** As {@code --json} prints it. */
    Map<String, Object> values(Map<String, Object> memory) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("images", images);
        values.put("unread", unread);
        values.put("to_encode", toEncode);
        values.put("partitions", partitions);
        values.put("bytes", bytes);
        values.putAll(memory);
        return values;
    }
}
