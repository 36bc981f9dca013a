package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images that are encoded in the same way.
 *
 * @param upright what becomes of each, never mirrored
 * @param sides whether they are encoded as they are (false), mirrored (true), or both
 * @param images of different contents
 */
record ImageGroup(ImageTransform upright, List<Boolean> sides, ImageDataset images) {

    private record Kind(PixelSize size, List<Boolean> sides) {}

    /** What {@code cache} lacks of {@code dataset}, each content once, in the order of the data set. */
    static List<ImageGroup> missing(LatentCache cache, ImageDataset dataset, Framing framing) {
        Map<Kind, List<ImageEntry>> groups = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (ImageEntry entry : dataset.entries()) {
            List<Boolean> sides = cache.sides(entry)
                    .filter(side -> cache.name(entry, side)
                            .filter(name -> !cache.shards().has(name) && seen.add(name))
                            .isPresent())
                    .toList();
            if (!sides.isEmpty()) {
                groups.computeIfAbsent(new Kind(framing.of(entry).size(), sides), kind -> new ArrayList<>())
                        .add(entry);
            }
        }
        ImageTransform upright = framing.transform().withFlips(false);
        return groups.entrySet().stream()
                .map(group -> new ImageGroup(
                        upright.withSize(group.getKey().size),
                        group.getKey().sides,
                        new ImageDataset(dataset.folder(), group.getValue())))
                .toList();
    }
}
