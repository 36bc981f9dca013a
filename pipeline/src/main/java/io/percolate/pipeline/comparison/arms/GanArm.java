package io.percolate.pipeline.comparison.arms;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.gan.GanRecipe;
import io.percolate.pipeline.training.gan.GanTrainer;
import io.percolate.pipeline.training.gan.ImageGenerator;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A generator of pixels that trains against a discriminator. */
record GanArm(GanRecipe recipe) implements ArmModel {

    @Override
    public int resolution() {
        return recipe.sampleSize();
    }

    @Override
    public int batchSize() {
        return recipe.plan().batchSize();
    }

    @Override
    public String space() {
        return "pixels, adversarial";
    }

    @Override
    public String identity() {
        return "gan " + Integer.toHexString(recipe.toString().hashCode());
    }

    @Override
    public Captions captions() {
        return Captions.UNKNOWN;
    }

    @Override
    public ArmModel forRun(int seed, Path cache) {
        TrainingPlan plan = recipe.plan().withSeed(recipe.plan().seed() + seed);
        return new GanArm(recipe.withPlan(plan.withSaving(plan.saving().withSampleMinutes(NEVER))));
    }

    @Override
    public TrainingResult train(ImageDataset dataset, ArmPlace place, TrainingSession session) {
        return GanTrainer.train(recipe, dataset, place.folder(), session);
    }

    @Override
    public ImageCost cost(ImageDataset dataset, ArmPlace place) {
        return GanTrainer.costPerImage(recipe, dataset);
    }

    @Override
    public ArmGenerator open(Path folder, List<ImageEntry> subjects, int steps) {
        return PlainGenerator.open(
                subjects.size(), manager -> ImageGenerator.load(folder, manager), ImageGenerator::image);
    }

    @Override
    public Map<String, Long> parameters(Path folder) {
        return PlainGenerator.with(
                manager -> ImageGenerator.load(folder, manager), model -> Map.of("generator", model.parameterCount()));
    }
}
