package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a latent cache lacks of a data set, for those who read and encode images elsewhere: first the files whose contents
 * are unknown, then the shards that are missing. A training that opens the cache afterwards encodes nothing.
 */
public final class CachePlan implements AutoCloseable {

    private final ImageDataset framed;
    private final Framing framing;
    private final ImageContents known;
    private final LatentCache cache;
    private final Map<Path, String> contents = new HashMap<>();

    private CachePlan(LatentCache cache, ImageDataset framed, Framing framing, ImageContents known) {
        this.cache = cache;
        this.framed = framed;
        this.framing = framing;
        this.known = known;
    }

    /**
     * Reads what the cache of {@code storage} has; no image is opened.
     *
     * @param fingerprint of the encoder, as {@link ShardEncoder#fingerprint} says it
     */
    public static CachePlan open(LatentStorage storage, ImageDataset dataset, Framing framing, String fingerprint) {
        return new CachePlan(
                LatentCache.found(storage, framing, fingerprint),
                dataset.where(framing::has),
                framing,
                ImageContents.open(storage.folder(), dataset));
    }

    /** Images of the data set that can be framed. */
    public int images() {
        return framed.size();
    }

    /** The files whose content must be read before {@link #shards}. */
    public List<Path> unread() {
        return framed.entries().stream()
                .map(ImageEntry::file)
                .filter(file -> known.known(file).isEmpty())
                .distinct()
                .toList();
    }

    /** Remembers what was read, also for the next time. */
    public void add(Collection<ImageContent> read) {
        read.forEach(known::add);
        known.save();
    }

    /**
     * The missing shards: every image that is known and not broken, each content once.
     *
     * @param images in a shard, at most
     */
    public List<ShardPlan> shards(int images) {
        for (ImageEntry entry : framed.entries()) {
            known.known(entry.file())
                    .filter(content -> !known.isBroken(content))
                    .ifPresent(content -> contents.put(entry.file(), content));
        }
        contents.forEach(cache::add);
        return ImageGroup.missing(cache, framed, framing).stream()
                .flatMap(group -> ShardPlan.of(group, images, contents).stream())
                .toList();
    }

    /** Remembers files that are no images, so that nobody tries them again. */
    public void addBroken(Map<String, String> reasons) {
        reasons.forEach((file, reason) -> known.addBroken(Path.of(file), reason));
        known.save();
    }

    @Override
    public void close() {
        cache.close();
    }
}
