package io.percolate.pipeline.comparison.arms;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.vae.AutoencoderKl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A variational autoencoder by itself: what it decodes of standard normal latents (Kingma and Welling 2014). */
record PriorArm(VaeRecipe recipe) implements ArmModel {

    @Override
    public int resolution() {
        return recipe.vae().sampleSize();
    }

    @Override
    public int batchSize() {
        return recipe.plan().batchSize();
    }

    @Override
    public String space() {
        return "the prior of an autoencoder, f" + recipe.vae().downsamplingFactor();
    }

    @Override
    public String identity() {
        return "vae " + Integer.toHexString(recipe.toString().hashCode());
    }

    @Override
    public Captions captions() {
        return Captions.UNKNOWN;
    }

    @Override
    public ArmModel forRun(int seed, Path cache) {
        TrainingPlan plan = recipe.plan().withSeed(recipe.plan().seed() + seed);
        return new PriorArm(recipe.withPlan(
                plan.withSaving(plan.saving().withSampleMinutes(NEVER).withValidation(ValidationPlan.NONE))));
    }

    @Override
    public TrainingResult train(ImageDataset dataset, ArmPlace place, TrainingSession session) {
        return VaeTrainer.train(recipe, dataset, place.folder(), session);
    }

    @Override
    public ImageCost cost(ImageDataset dataset, ArmPlace place) {
        return VaeTrainer.costPerImage(recipe, dataset);
    }

    @Override
    public ArmGenerator open(Path folder, List<ImageEntry> subjects, int steps) {
        return PlainGenerator.open(subjects.size(), manager -> AutoencoderKl.load(folder, manager), PriorArm::decode);
    }

    /** Pixels (1,3,H,W) decoded of standard normal latents. */
    private static NDArray decode(AutoencoderKl vae, int seed, NDManager manager) {
        int side = vae.config().sampleSize();
        return vae.decode(
                RandomStream.of(0, seed).normal(manager, vae.config().latentShape(1, side, side), DataType.FLOAT32));
    }

    @Override
    public Map<String, Long> parameters(Path folder) {
        return PlainGenerator.with(
                manager -> AutoencoderKl.load(folder, manager), vae -> Map.of("vae", vae.parameterCount()));
    }
}
