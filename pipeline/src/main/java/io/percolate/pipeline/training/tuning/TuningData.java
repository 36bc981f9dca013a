package io.percolate.pipeline.training.tuning;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.ValidationImages;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The images of a fine-tuning, with the captions that they are trained on.
 *
 * @param trained what is learned from, images of the class included
 * @param heldOut what the model is judged by
 */
public record TuningData(ImageDataset trained, ImageDataset heldOut) {

    /**
     * The images of {@code dataset}, some of which are held out, and images of their class, which come as often: what the
     * model knows of the class is not to be lost (prior preservation, Ruiz et al. 2023, section 3.2).
     *
     * @throws IllegalArgumentException if nothing is said of the images, or of those of the class
     */
    public static TuningData of(TuningRecipe recipe, ImageDataset dataset, Optional<ImageDataset> ofClass) {
        ValidationImages images =
                ValidationImages.of(dataset, recipe.plan().saving().validation());
        UnaryOperator<ImageEntry> caption =
                entry -> recipe.captions().triggered(recipe.adaptation().captioned(entry));
        ImageDataset trained = images.trained().map(caption);
        ImageDataset all = ofClass.map(others -> trained.and(classImages(recipe, trained, others)))
                .orElse(trained);
        return new TuningData(all, images.heldOut().map(caption));
    }

    private static ImageDataset classImages(TuningRecipe recipe, ImageDataset trained, ImageDataset others) {
        double often = (double) trained.size() / others.size();
        ImageDataset named = others.map(entry -> recipe.captions().ofClass(entry, often));
        if (named.entries().stream().anyMatch(entry -> entry.captions().isEmpty())) {
            throw new IllegalArgumentException("the class images in " + others.folder()
                    + " have no captions: write some, or say what they show with --class-caption");
        }
        return named;
    }

    /** Fails if a model that reads captions would be trained on images that have none. */
    void requireCaptions() {
        if (!trained.hasCaptions()) {
            throw new IllegalArgumentException("the images in " + trained.folder()
                    + " have no captions: write some (metadata.jsonl, or a .txt beside each image), or give --trigger");
        }
    }

    /** Every caption that a step may need. */
    List<String> captions() {
        return Stream.concat(
                        Stream.of(""),
                        Stream.concat(trained.entries().stream(), heldOut.entries().stream())
                                .flatMap(entry -> entry.captions().stream()))
                .distinct()
                .toList();
    }

    /** The same with {@code few} in place of what is learned from. */
    TuningData with(ImageDataset few) {
        return new TuningData(few, few.first(1));
    }
}
