package io.percolate.pipeline.training.tuning;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.training.DiffusionNetworks;
import io.percolate.pipeline.training.DiffusionObjective;
import io.percolate.pipeline.training.Learning;
import io.percolate.pipeline.training.SampleGrid;
import io.percolate.pipeline.training.conditioning.CaptionConditioning;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.conditioning.FrozenCaptions;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.recipe.DataPlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.pipeline.training.space.LatentStorage;
import io.percolate.pipeline.training.space.TrainingBatches;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Training of what is added to a base model, or of its denoiser. */
final class TuningTask extends TrainingSteps.OnBatches implements TrainingTask {

    private final TuningRecipe recipe;
    private final TuningData data;
    private final TrainingListener listener;
    private final BaseModel base;
    private final int side;
    private final Adaptation adaptation;
    private final Optimizer optimizer;
    private final Optional<FrozenCaptions> frozen;
    private final Learning learning;
    private final TrainingBatches source;

    /** @param base closed with this */
    TuningTask(TuningRecipe recipe, TuningRun run, BaseModel base, TuningData data, TrainingListener listener) {
        this.recipe = recipe;
        this.data = data;
        this.listener = listener;
        this.base = base;
        TrainingPlan plan = recipe.plan();
        side = side(recipe, base);
        adaptation = recipe.adaptation()
                .begin(base, run.source(), new TuningFacts(plan.seed(), side, data.trained(), run.folder()));
        optimizer = new Optimizer(adaptation.parameters(), plan.optimizerConfig(), adaptation::ratio);
        Optional<CaptionConditioning> captions =
                base.text().map(text -> new CaptionConditioning(text, new PixelSize(side, side), plan.precision()));
        frozen = captions.filter(text -> !adaptation.changesText()).map(this::frozen);
        Conditioning conditioning =
                frozen.<Conditioning>map(own -> own).or(() -> captions).orElse(Conditioning.NONE);
        learning = adaptation.learning(
                new DiffusionNetworks(base.trainingSpace(), base.unet(), conditioning, adaptation.steering()),
                objective(recipe, base),
                plan.precision(),
                optimizer);
        source = images(run.folder());
    }

    private static DiffusionObjective objective(TuningRecipe recipe, BaseModel base) {
        CaptionDropout dropout = new CaptionDropout(recipe.captions().dropout());
        return DiffusionObjective.of(recipe.loss(), base.process(), dropout);
    }

    private static int side(TuningRecipe recipe, BaseModel base) {
        int side = recipe.resolution().orElse(base.usualSide());
        int multiple = base.multiple();
        if (side % multiple != 0) {
            throw new IllegalArgumentException(
                    "images of %dx%d but %s halves them down to a %dth: give a multiple of %d"
                            .formatted(side, side, base.name(), multiple, multiple));
        }
        return side;
    }

    private FrozenCaptions frozen(CaptionConditioning captions) {
        data.requireCaptions();
        FrozenCaptions read = new FrozenCaptions(captions, base.manager());
        read.read(data.captions());
        return read;
    }

    private TrainingBatches images(Path run) {
        DataPlan how = recipe.plan().data();
        Framing framing = how.framing(data.trained(), ImageTransform.square(side), base.multiple());
        LatentStorage storage =
                new LatentStorage(how.cacheFolder(run), how.cacheType().type(), beside().pixelsAtOnce(), listener);
        return base.trainingSpace().batches(data.trained(), recipe.plan().loader(framing), storage);
    }

    private Beside beside() {
        return recipe.plan().compute().beside();
    }

    BaseModel base() {
        return base;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return adaptation.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    protected Batches batches(Position start) {
        return source.from(start, recipe.plan().seed());
    }

    @Override
    protected StepResult step(Batch batch, RandomSource random) {
        return learning.step(batch, random);
    }

    /** Images of the recipe's prompts, or of captions from all over the data set. */
    @Override
    public void writeSample(NDManager manager, Path png) {
        long pixels = (long) side * side;
        int images = beside().denoiserSamples(pixels);
        if (images > 0) {
            BufferedImage image = adaptation
                    .sample(images, beside().sampleSteps())
                    .orElseGet(() -> samples(images)
                            .of(
                                    adaptation.sampled(base, side),
                                    adaptation.sampleSteps(beside().sampleSteps()),
                                    beside().imagesAtOnce(pixels),
                                    listener));
            ImageFiles.writePng(png, image);
        }
    }

    private SampleGrid samples(int images) {
        if (base.text().isEmpty()) {
            return SampleGrid.unconditional(images);
        }
        List<String> prompts = recipe.plan().saving().prompts();
        return prompts.isEmpty() ? SampleGrid.of(data.trained(), images) : SampleGrid.of(prompts);
    }

    @Override
    public Map<String, Double> validate(NDManager manager) {
        ImageTransform transform = ImageTransform.square(side);
        int atOnce = beside().imagesAtOnce(transform.size().area());
        try (BatchLoader heldOut = BatchLoader.once(data.heldOut(), atOnce, transform)) {
            return learning.validate(heldOut, manager);
        }
    }

    @Override
    public int sampleSide() {
        return side;
    }

    @Override
    public void save(Path folder) {
        adaptation.save(folder, optimizer.steps());
    }

    @Override
    public void close() {
        super.close();
        source.close();
        frozen.ifPresent(FrozenCaptions::close);
        optimizer.close();
        adaptation.close();
        base.close();
    }
}
