package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.VaeFolders.StartingAutoencoder;
import io.percolate.pipeline.training.autoencoder.Adversary;
import io.percolate.pipeline.training.autoencoder.Adversary.Computation;
import io.percolate.pipeline.training.autoencoder.SampleRows;
import io.percolate.pipeline.training.autoencoder.VaeObjective;
import io.percolate.pipeline.training.autoencoder.VaeStep;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.recipe.DiscriminatorRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe.Trained;
import io.percolate.pipeline.training.session.Companion;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentScale;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.losses.PatchDiscriminator;
import io.percolate.vae.losses.PerceptualLoss;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Training of the autoencoder: images in, the same images out. */
final class VaeTask extends TrainingSteps.OnBatches implements TrainingTask {

    private final NDManager manager;
    private final VaeRecipe recipe;
    private final TrainingListener listener;
    private final ImageDataset dataset;
    private final ImageDataset heldOut;
    private final AutoencoderKl vae;
    private final Optimizer optimizer;
    private final PerceptualLoss perceptual;
    private final Optional<Adversary> adversary;
    private final VaeStep step;

    VaeTask(VaeRecipe recipe, ImageDataset dataset, Optional<StartingAutoencoder> start, TrainingListener listener) {
        this.recipe = recipe;
        this.listener = listener;
        manager = TorchEngine.newManager(recipe.plan().device());
        ValidationImages images =
                ValidationImages.of(dataset, recipe.plan().saving().validation());
        this.dataset = images.trained();
        heldOut = images.heldOut();
        vae = start.map(trained -> trained.load(recipe.vae(), recipe.plan().seed(), manager))
                .orElseGet(this::random);
        optimizer = new Optimizer(recipe.trained().in(vae), recipe.plan().optimizerConfig());
        perceptual = recipe.detail().perceptual().open(manager);
        adversary = adversary(recipe.detail().discriminator());
        step = new VaeStep(vae, objective(), recipe.plan().precision(), optimizer);
    }

    private AutoencoderKl random() {
        AutoencoderKl network = new AutoencoderKl(recipe.vae());
        network.initialise(manager, recipe.plan().seed());
        return network;
    }

    private Optional<Adversary> adversary(DiscriminatorRecipe plan) {
        if (!plan.isWanted()) {
            return Optional.empty();
        }
        PatchDiscriminator network = new PatchDiscriminator(recipe.vae().inChannels(), plan.size());
        network.initialise(manager, recipe.plan().seed());
        Computation computation = new Computation(
                recipe.plan().precision(), recipe.plan().compute().gradientCheckpointing());
        return Optional.of(new Adversary(network, plan, computation));
    }

    private VaeObjective objective() {
        return new VaeObjective(loss(), recipe.detail().equivariance(), adversary);
    }

    private VaeLoss loss() {
        return new VaeLoss(recipe.loss(), perceptual, recipe.detail().frequencies());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return vae.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public Optional<Companion> companion() {
        return adversary.map(other -> new Companion("discriminator", other.parameters(), other.optimizer()));
    }

    @Override
    protected Batches batches(Position start) {
        TrainingPlan plan = recipe.plan();
        Framing framing = plan.data()
                .framing(dataset, recipe.trainedImages(), recipe.vae().downsamplingFactor());
        LoaderConfig config = plan.loader(framing);
        return BatchLoader.shuffled(dataset, config, plan.seed(), start);
    }

    @Override
    protected StepResult step(Batch batch, RandomSource random) {
        return step.step(batch, random);
    }

    /** Two rows: what became of images, and the images; nothing if no samples are wanted. */
    @Override
    public void writeSample(NDManager manager, Path png) {
        new SampleRows(dataset, transform(), beside(), listener)
                .write(
                        manager,
                        png,
                        pixels -> List.of(vae.decode(vae.encode(pixels).mode())));
    }

    private Beside beside() {
        return recipe.plan().compute().beside();
    }

    @Override
    public Map<String, Double> validate(NDManager manager) {
        int atOnce = beside().imagesAtOnce(transform().size().area());
        try (BatchLoader batches = BatchLoader.once(heldOut, atOnce, transform())) {
            return VaeValidation.of(vae, loss(), batches, manager);
        }
    }

    @Override
    public int sampleSide() {
        return recipe.vae().sampleSize();
    }

    /** Writes the autoencoder; its latent scale is measured on images of the data set, unless its latents stay. */
    @Override
    public void save(Path folder) {
        LatentScale scale = recipe.trained() == Trained.DECODER
                ? vae.config().latentScale()
                : MeasuredScale.of(vae, dataset, transform(), beside(), listener);
        vae.withLatentScale(scale).save(folder, ElementType.F32);
    }

    private ImageTransform transform() {
        return ImageTransform.square(recipe.vae().sampleSize());
    }

    @Override
    public void close() {
        super.close();
        adversary.ifPresent(Adversary::close);
        perceptual.close();
        optimizer.close();
        vae.close();
        manager.close();
    }
}
