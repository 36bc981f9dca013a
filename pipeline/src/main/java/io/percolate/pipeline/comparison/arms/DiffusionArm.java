package io.percolate.pipeline.comparison.arms;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.model.inspection.Inspection;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A denoiser on pixels or in latents.
 *
 * @param recipe of the denoiser, in the space where it works
 * @param autoencoder where its latents come from; empty for pixels
 */
record DiffusionArm(DiffusionRecipe recipe, Optional<AutoencoderChoice> autoencoder) implements ArmModel {

    @Override
    public int resolution() {
        return recipe.sampleSize() * factor();
    }

    @Override
    public int batchSize() {
        return recipe.plan().batchSize();
    }

    @Override
    public String space() {
        return autoencoder.map(choice -> "latents, f" + factor()).orElse("pixels");
    }

    @Override
    public String identity() {
        return Integer.toHexString(recipe.toString().hashCode())
                + autoencoder.map(choice -> " in " + choice.identity()).orElse("");
    }

    @Override
    public Captions captions() {
        return recipe.text().isPresent() ? Captions.READ : Captions.LEFT_OUT;
    }

    @Override
    public Optional<String> boundedLoss() {
        return Optional.of(recipe.loss().words());
    }

    /** The latents of the first run serve all. */
    @Override
    public ArmModel forRun(int seed, Path cache) {
        TrainingPlan plan = recipe.plan();
        TrainingPlan seeded = plan.withSeed(plan.seed() + seed);
        TrainingPlan shared = autoencoder.isPresent() && seed > 0
                ? seeded.withData(seeded.data().withCache(seeded.data().cacheFolder(cache)))
                : seeded;
        return new DiffusionArm(
                recipe.withPlan(shared).withSamplesEvery(NEVER).withValidation(ValidationPlan.NONE), autoencoder);
    }

    @Override
    public void prepare(ImageDataset dataset, ArmPlace place, TrainingListener listener) {
        DiffusionTrainer.prepare(recipe, dataset, folders(place), listener);
    }

    @Override
    public TrainingResult train(ImageDataset dataset, ArmPlace place, TrainingSession session) {
        return DiffusionTrainer.train(recipe, dataset, folders(place), session);
    }

    @Override
    public ImageCost cost(ImageDataset dataset, ArmPlace place) {
        return DiffusionTrainer.costPerImage(recipe, dataset, folders(place));
    }

    @Override
    public ArmGenerator open(Path folder, List<ImageEntry> subjects, int steps) {
        return new DiffusionGenerator(Pipeline.load(folder), subjects, steps);
    }

    @Override
    public Map<String, Long> parameters(Path folder) {
        return Inspection.of(folder, Optional.empty()).parts().stream()
                .collect(Collectors.toMap(part -> part.name(), part -> part.parameters()));
    }

    private DiffusionFolders folders(ArmPlace place) {
        return new DiffusionFolders(
                autoencoder.map(vae -> vae.folder(place.comparison())), Optional.empty(), place.folder());
    }

    private int factor() {
        return autoencoder.map(choice -> choice.config().downsamplingFactor()).orElse(1);
    }

    /** Fails if the denoiser of arm {@code name} does not take the latents of its autoencoder. */
    void requireChannels(String name) {
        autoencoder.ifPresent(choice -> requireChannels(name, choice.config().latentChannels()));
    }

    private void requireChannels(String name, int latents) {
        if (recipe.unet().inChannels() != latents || recipe.unet().outChannels() != latents) {
            throw new IllegalArgumentException("arm " + name + ": the U-Net goes from "
                    + recipe.unet().inChannels() + " to " + recipe.unet().outChannels()
                    + " channels but its latents have "
                    + latents + ": set in_channels and out_channels of its recipe's section unet");
        }
    }
}
