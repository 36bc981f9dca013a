package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.AspectBuckets;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.OneSize;
import io.percolate.pipeline.images.ImageTransform;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How images come to the network.
 *
 * @param flips whether images are mirrored left to right half of the times that they come, except for those whose
 *     caption says left or right, or that something is written
 * @param buckets whether images keep about their shape, in sizes of equal area, in place of being cut to squares
 * @param cacheType what the latents of encoded images are stored as
 * @param cache folder of the encoded images, which several runs may share; empty for one in the run folder
 */
public record DataPlan(boolean flips, boolean buckets, CacheType cacheType, Optional<Path> cache) {

    /** What a recipe has that does not say otherwise. */
    public static final DataPlan DEFAULT = new DataPlan(false, false, CacheType.FP16, Optional.empty());

    static DataPlan from(JsonConfig section) {
        return new DataPlan(
                section.flag("flips", DEFAULT.flips),
                section.flag("buckets", DEFAULT.buckets),
                RecipeSection.choice(section, "cache_type", CacheType.class, DEFAULT.cacheType),
                Optional.ofNullable(section.string("cache", null)).map(Path::of));
    }

    void addTo(Map<String, Object> section) {
        section.put("flips", flips);
        section.put("buckets", buckets);
        section.put("cache_type", RecipeSection.name(cacheType));
        section.put("cache", cache.map(Path::toString).orElse(null));
    }

    /** The same with images mirrored half of the times, or never. */
    public DataPlan withFlips(boolean wanted) {
        return new DataPlan(wanted, buckets, cacheType, cache);
    }

    /** The same with images that keep about their shape, or are cut to squares. */
    public DataPlan withBuckets(boolean wanted) {
        return new DataPlan(flips, wanted, cacheType, cache);
    }

    /** The same with latents stored as another type. */
    public DataPlan withCacheType(CacheType other) {
        return new DataPlan(flips, buckets, other, cache);
    }

    /** The same with encoded images in {@code folder}. */
    public DataPlan withCache(Path folder) {
        return new DataPlan(flips, buckets, cacheType, Optional.of(folder));
    }

    /**
     * The sizes that images are brought to.
     *
     * @param transform what becomes of each
     * @param multiple what width and height of buckets are multiples of
     */
    public Framing framing(ImageDataset dataset, ImageTransform transform, int multiple) {
        ImageTransform flipped = transform.withFlips(flips);
        return buckets ? AspectBuckets.of(dataset, flipped, multiple) : new OneSize(flipped);
    }

    /** The smaller side of the narrowest images in place of squares of {@code side}. */
    int smallestSide(int side) {
        return buckets ? side / 2 : side;
    }

    /** Where the latents of a run in {@code run} are kept. */
    public Path cacheFolder(Path run) {
        return cache.orElseGet(() -> run.resolve("latents"));
    }
}
