package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.Fit;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import java.awt.Color;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One shard of a latent cache: the images in it, and how they are encoded. Everything that encodes it has the same result.
 *
 * @param framing what becomes of each image
 * @param sides whether they are encoded as they are (false), mirrored (true), or both
 * @param images of different contents
 */
public record ShardPlan(Framed framing, ArrayList<Boolean> sides, ArrayList<Source> images) implements Serializable {

    /** What becomes of an image, as {@link ImageTransform} has it. */
    record Framed(PixelSize size, Fit fit, Color background) implements Serializable {

        ImageTransform transform() {
            return new ImageTransform(size.width(), size.height(), fit, background, false, Optional.empty());
        }
    }

    /** An image file and the fingerprint of its content. */
    record Source(String file, String content) implements Serializable {}

    /** Cuts {@code group} into shards of {@code images} images. */
    static List<ShardPlan> of(ImageGroup group, int images, Map<Path, String> contents) {
        ImageTransform upright = group.upright();
        Framed framed = new Framed(upright.size(), upright.fit(), upright.background());
        List<Source> all = group.images().entries().stream()
                .map(entry -> new Source(entry.file().toString(), contents.get(entry.file())))
                .toList();
        List<ShardPlan> plans = new ArrayList<>();
        for (int i = 0; i < all.size(); i += images) {
            List<Source> some = all.subList(i, Math.min(i + images, all.size()));
            plans.add(new ShardPlan(framed, new ArrayList<>(group.sides()), new ArrayList<>(some)));
        }
        return plans;
    }

    /** How many latents it has if no image is broken. */
    public int tensors() {
        return images.size() * sides.size();
    }

    /** Pixels of one of its images. */
    public PixelSize size() {
        return framing.size;
    }

    ImageGroup group() {
        List<ImageEntry> entries = images.stream()
                .map(image -> new ImageEntry(Path.of(image.file), List.of(), Map.of()))
                .toList();
        return new ImageGroup(framing.transform(), sides, new ImageDataset(Path.of(""), entries));
    }

    /** What the latents of an image are called. */
    String name(Source image, boolean mirrored) {
        return new LatentKey(image.content, framing.transform(), mirrored).text();
    }

    /** The fingerprints of its files. */
    Map<Path, Source> sources() {
        Map<Path, Source> sources = new HashMap<>();
        images.forEach(image -> sources.put(Path.of(image.file), image));
        return sources;
    }

    /** The names of all its latents. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        images.forEach(image -> sides.forEach(side -> names.add(name(image, side))));
        return names;
    }
}
