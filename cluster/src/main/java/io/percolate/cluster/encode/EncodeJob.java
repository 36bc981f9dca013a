package io.percolate.cluster.encode;

import io.percolate.cluster.session.ClusterSession;
import io.percolate.pipeline.training.space.CachePlan;
import io.percolate.pipeline.training.space.ImageContent;
import io.percolate.pipeline.training.space.ShardPlan;
import io.percolate.pipeline.training.space.ShardReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The two jobs of an encoding. The driver alone writes what is known of files; tasks write shards, whole or not at all.
 *
 * @param task what encodes a shard
 * @param imagesPerTask of a shard, at most
 */
record EncodeJob(EncodeTask task, int imagesPerTask) {

    private static final int FILES_PER_TASK = 1000;

    /** Encodes what the cache of {@code plan} lacks. */
    EncodeReport run(CachePlan plan, ClusterSession session) {
        long begin = System.nanoTime();
        List<String> unreadable = read(plan, session);
        List<ShardPlan> missing = plan.shards(imagesPerTask);
        List<ShardReport> shards = session.each("encoding", missing, task);
        shards.forEach(shard -> plan.addBroken(shard.broken()));
        return new EncodeReport(plan.images(), shards, unreadable, (System.nanoTime() - begin) / 1e9);
    }

    /** Reads the files whose content is unknown, and returns those that cannot be opened. */
    private List<String> read(CachePlan plan, ClusterSession session) {
        List<String> files = plan.unread().stream().map(Path::toString).toList();
        List<ImageContent> read = new ArrayList<>();
        session.each("reading", parts(files, session.executors()), EncodeJob::contents)
                .forEach(read::addAll);
        plan.add(read);
        return missing(files, read);
    }

    private static ArrayList<ImageContent> contents(ArrayList<String> files) {
        ArrayList<ImageContent> contents = new ArrayList<>();
        files.forEach(file -> ImageContent.read(Path.of(file)).ifPresent(contents::add));
        return contents;
    }

    private static List<String> missing(List<String> files, Collection<ImageContent> read) {
        Set<String> known = new HashSet<>();
        read.forEach(content -> known.add(content.file()));
        return files.stream()
                .filter(file -> !known.contains(
                        Path.of(file).toAbsolutePath().normalize().toString()))
                .toList();
    }

    private static List<ArrayList<String>> parts(List<String> files, int executors) {
        int size = Math.max(1, Math.min(FILES_PER_TASK, (files.size() + executors - 1) / executors));
        List<ArrayList<String>> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i += size) {
            parts.add(new ArrayList<>(files.subList(i, Math.min(i + size, files.size()))));
        }
        return parts;
    }
}
