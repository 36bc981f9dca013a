package io.percolate.vae.losses;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Which augmentations a discriminator sees images and reconstructions through.
 *
 * @param kinds in the order of their application, each once
 */
public record Augmentations(List<Augmentation> kinds) {

    /** Images as they are. */
    public static final Augmentations NONE = new Augmentations(List.of());

    public Augmentations {
        kinds = kinds.stream().distinct().sorted().toList();
    }

    /** How each image of a batch looks in one step, beside its reconstruction. */
    public ImageAugmentation next(int images, RandomGenerator random) {
        Map<Augmentation, List<double[]>> numbers = new EnumMap<>(Augmentation.class);
        kinds.forEach(kind -> numbers.put(
                kind,
                Stream.generate(() -> random.doubles(kind.numbers()).toArray())
                        .limit(images)
                        .toList()));
        return new ImageAugmentation(numbers);
    }
}
