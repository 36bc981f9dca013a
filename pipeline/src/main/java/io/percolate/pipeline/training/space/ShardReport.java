package io.percolate.pipeline.training.space;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * What became of a shard.
 *
 * @param encoded images that are in it now
 * @param bytes of its file
 * @param broken files that are no images, with the reason for each
 * @param seconds that it took
 */
public record ShardReport(int encoded, long bytes, TreeMap<String, String> broken, double seconds)
        implements Serializable {}
