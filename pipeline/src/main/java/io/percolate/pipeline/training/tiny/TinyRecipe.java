package io.percolate.pipeline.training.tiny;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.LearningRate;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.CropRecipe;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.PerceptualRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code percolate train vae --tiny} trains and how: JSON with the sections {@code tiny}, {@code loss}, {@code
 * perceptual}, {@code images} and {@code training}.
 *
 * @param tiny the network, and what its decoder imitates
 * @param judges what decoded images are judged by
 * @param images which parts of images it is trained on
 * @param plan how it is trained
 */
public record TinyRecipe(TinyPlan tiny, Judges judges, Images images, TrainingPlan plan) {

    private static final String RESOLUTION = "resolution";
    private static final int BATCH = 4;
    private static final double LEARNING_RATE = 1e-3;

    public TinyRecipe {
        int factor = tiny.shape().shape().factor();
        requireHalves(images.resolution, factor);
        requireHalves(images.trainedSide(), factor);
    }

    /**
     * What decoded images are judged by.
     *
     * @param loss by their pixels
     * @param perceptual by how they look
     */
    public record Judges(TinyLossPlan loss, PerceptualRecipe perceptual) {}

    /**
     * Which parts of images a network is trained on.
     *
     * @param resolution side of the images in pixels
     * @param crops squares of them
     */
    public record Images(int resolution, CropRecipe crops) {

        public Images {
            crops.requireImages(resolution);
        }

        int trainedSide() {
            return crops.side(resolution);
        }

        ImageTransform whole() {
            return ImageTransform.square(resolution);
        }

        ImageTransform trained() {
            return ImageTransform.square(trainedSide()).withCrops(crops.scales(resolution));
        }
    }

    /** For images of the size that {@code teacher} is for. */
    public static TinyRecipe of(VaeConfig teacher) {
        return of(teacher, teacher.sampleSize());
    }

    /**
     * For images of {@code side} x {@code side} pixels, trained as an autoencoder of such images is, but with few images
     * in a step: a network as small as this gains more from many steps.
     */
    public static TinyRecipe of(VaeConfig teacher, int side) {
        VaeRecipe usual = Presets.vae(teacher, side);
        OptimizerPlan optimizer = usual.plan().optimizer();
        LearningRate rate = optimizer.learningRate().withPeak(LEARNING_RATE);
        return new TinyRecipe(
                TinyPlan.of(teacher),
                new Judges(TinyLossPlan.DEFAULT, PerceptualRecipe.NONE),
                new Images(side, usual.crops()),
                usual.plan().withBatchSize(BATCH).withOptimizer(optimizer.withLearningRate(rate)));
    }

    /** This recipe with what {@code overlay} says. */
    public TinyRecipe with(RecipeOverlay overlay) {
        JsonConfig json = overlay.over(values());
        return new TinyRecipe(
                RecipeSection.of(json, "tiny").read(TinyPlan::from),
                new Judges(
                        RecipeSection.of(json, "loss").read(TinyLossPlan::from),
                        RecipeSection.of(json, "perceptual").read(PerceptualRecipe::from)),
                RecipeSection.of(json, "images").read(TinyRecipe::images),
                RecipeSection.of(json, "training").read(TrainingPlan::from));
    }

    private static Images images(JsonConfig section) {
        return new Images(section.integer(RESOLUTION), CropRecipe.from(section));
    }

    /** The same on images of {@code side} x {@code side} pixels. */
    public TinyRecipe withResolution(int side) {
        return new TinyRecipe(tiny, judges, new Images(side, images.crops.within(side)), plan);
    }

    /** The same on images, and squares of them, of a part of the side. */
    TinyRecipe dividedBy(int divisor) {
        Images smaller = new Images(images.resolution / divisor, images.crops.dividedBy(divisor));
        return new TinyRecipe(tiny, judges, smaller, plan);
    }

    /** The same, trained otherwise. */
    public TinyRecipe withPlan(TrainingPlan other) {
        return new TinyRecipe(tiny, judges, images, other);
    }

    /** Writes all of it, whole or not at all; laid over any recipe of its kind, it gives this one again. */
    public void write(Path file) {
        JsonConfig.of(values()).write(file);
    }

    private Map<String, Object> values() {
        Map<String, Object> pixels = new TreeMap<>(images.crops.values());
        pixels.put(RESOLUTION, images.resolution);
        return new TreeMap<>(Map.of(
                "tiny", tiny.values(),
                "loss", judges.loss.values(),
                "perceptual", judges.perceptual.values(),
                "images", pixels,
                "training", plan.values()));
    }

    private static void requireHalves(int side, int factor) {
        if (side < factor || side % factor != 0) {
            throw new IllegalArgumentException("images of %dx%d but latents are %d times smaller: give a multiple of %d"
                    .formatted(side, side, factor, factor));
        }
    }
}
