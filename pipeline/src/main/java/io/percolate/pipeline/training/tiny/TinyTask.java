package io.percolate.pipeline.training.tiny;

import ai.djl.ndarray.NDArray;
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
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.training.ValidationImages;
import io.percolate.pipeline.training.autoencoder.HeldOutLoss;
import io.percolate.pipeline.training.autoencoder.SampleRows;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.pipeline.training.space.LatentSpace;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.losses.PerceptualLoss;
import io.percolate.vae.tiny.TinyAutoencoder;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Training of a tiny autoencoder beside its teacher, which stays as it is. */
final class TinyTask extends TrainingSteps.OnBatches implements TrainingTask {

    private final TinyRecipe recipe;
    private final TrainingListener listener;
    private final ValidationImages images;
    private final NDManager manager;
    private final String latents;
    private final TinyNetworks networks;
    private final Optimizer optimizer;
    private final PerceptualLoss perceptual;
    private final TinyStep step;

    TinyTask(TinyRecipe recipe, AutoencoderSource teacher, ImageDataset dataset, TrainingListener listener) {
        this.recipe = recipe;
        this.listener = listener;
        TrainingPlan plan = recipe.plan();
        images = ValidationImages.of(dataset, plan.saving().validation());
        manager = TorchEngine.newManager(plan.device());
        LatentSpace space = new LatentSpace(teacher.load(teacher.config(), manager), manager);
        latents = space.fingerprint();
        space.vae().prepack(plan.precision());
        networks = new TinyNetworks(space, random(), recipe.tiny().target());
        optimizer = new Optimizer(networks.tiny().parameters(), plan.optimizerConfig());
        perceptual = recipe.judges().perceptual().open(manager);
        step = new TinyStep(networks, loss(), plan.precision(), optimizer);
    }

    private TinyAutoencoder random() {
        TinyAutoencoder tiny = new TinyAutoencoder(recipe.tiny().shape());
        tiny.initialise(manager, recipe.plan().seed());
        tiny.makeTrainable();
        return tiny;
    }

    private ImitationLoss loss() {
        return recipe.judges().loss().with(perceptual);
    }

    /** Tells the teacher's latents from those of others. */
    String latents() {
        return latents;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return networks.tiny().parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    protected Batches batches(Position start) {
        TrainingPlan plan = recipe.plan();
        int factor = recipe.tiny().shape().shape().factor();
        Framing framing = plan.data().framing(images.trained(), recipe.images().trained(), factor);
        return BatchLoader.shuffled(images.trained(), plan.loader(framing), plan.seed(), start);
    }

    @Override
    protected StepResult step(Batch batch, RandomSource random) {
        return step.step(batch, random);
    }

    /** Three rows: what the tiny one decodes, what its teacher does, and the images. */
    @Override
    public void writeSample(NDManager manager, Path png) {
        new SampleRows(images.trained(), recipe.images().whole(), beside(), listener).write(manager, png, pixels -> {
            ImageCodec teacher = networks.teacher().codec();
            NDArray encoded = teacher.encode(pixels);
            return List.of(networks.tiny().decode(encoded), teacher.decode(encoded));
        });
    }

    private Beside beside() {
        return recipe.plan().compute().beside();
    }

    @Override
    public Map<String, Double> validate(NDManager manager) {
        int atOnce = beside().imagesAtOnce(recipe.images().whole().size().area());
        try (BatchLoader batches =
                BatchLoader.once(images.heldOut(), atOnce, recipe.images().whole())) {
            return HeldOutLoss.of(this::lossAtMeans, List.of("reconstruction", "latents"), batches, manager);
        }
    }

    /** Of pixels (B,3,H,W), at the means of the teacher's posteriors. */
    private VaeLoss.Value lossAtMeans(NDArray pixels) {
        NDArray none = networks.teacher().noise(pixels, (owner, shape, type) -> owner.zeros(shape, type));
        return loss().of(networks.attempt(pixels, none));
    }

    @Override
    public int sampleSide() {
        return recipe.images().resolution();
    }

    /** Writes it in half precision, which loses nothing that images of 8 bits show. */
    @Override
    public void save(Path folder) {
        networks.tiny().save(folder, ElementType.F16);
    }

    @Override
    public void close() {
        super.close();
        perceptual.close();
        optimizer.close();
        networks.close();
        manager.close();
    }
}
