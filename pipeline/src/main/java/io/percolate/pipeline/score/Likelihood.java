package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.VariationalBound;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.EngineMemory;
import io.percolate.pipeline.score.LikelihoodListener.Stage;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Measures how likely images are under a model, told their captions and not guided: the variational bound term by term,
 * and the exact likelihood of the probability flow. A pixel model's numbers are bits per dimension of 8-bit pixels. A
 * latent model's are nats per latent dimension, of a sample of the encoder's posterior at unit variance: a density, not
 * comparable between autoencoders. Its bound in pixels is ({@link DecoderReport}).
 */
public final class Likelihood {

    private static final int BATCH = 16;
    private static final long SEED = 0;

    private final DiffusionModel model;
    private final LikelihoodSettings settings;
    private final LikelihoodListener listener;
    private final NDManager manager;
    private final ToldDenoiser denoiser;
    private final DataSpace space;
    private final NoiseSchedule schedule;
    private final ImageDataset images;
    private final boolean heldOut;

    private Likelihood(
            DiffusionModel model,
            ImageDataset dataset,
            LikelihoodSettings settings,
            LikelihoodListener listener,
            NDManager manager) {
        this.model = model;
        this.settings = settings;
        this.listener = listener;
        this.manager = manager;
        denoiser = new ToldDenoiser(model);
        space = DataSpace.of(model.codec());
        schedule = model.sampler().process().schedule();
        heldOut = dataset.split(Split.HELD_OUT).size() > 0;
        images = images(dataset).first(settings.images());
    }

    /** The images of {@code dataset} in the order in which they are measured: those held out, if there are any. */
    public static ImageDataset images(ImageDataset dataset) {
        ImageDataset unseen = dataset.split(Split.HELD_OUT);
        return (unseen.size() > 0 ? unseen : dataset).shuffled(SEED);
    }

    /** Measures, watched by nobody. */
    public static LikelihoodReport of(DiffusionModel model, ImageDataset dataset, LikelihoodSettings settings) {
        return of(model, dataset, settings, LikelihoodListener.NONE);
    }

    /**
     * Measures. The interrupt of the thread ends it.
     *
     * @param model stays the caller's; for the exact likelihood {@linkplain
     *     io.percolate.pipeline.model.LoadOptions#withGradients loaded with gradients}
     * @throws IllegalArgumentException if the model has no likelihood, or gradients cannot pass through it
     */
    public static LikelihoodReport of(
            DiffusionModel model, ImageDataset dataset, LikelihoodSettings settings, LikelihoodListener listener) {
        if (settings.flow().isPresent() && model.unet().isPrepacked()) {
            throw new IllegalArgumentException(
                    "the exact likelihood differentiates the denoiser, but this one is packed"
                            + " for generating: load it with gradients, or leave the exact likelihood out");
        }
        try (NDManager manager = model.manager().newSubManager()) {
            Likelihood likelihood = new Likelihood(model, dataset, settings, listener, manager);
            return EngineMemory.guard(
                    "measure smaller images", () -> Gradients.off(() -> Scope.call(likelihood::measure)));
        }
    }

    /**
     * The variational bound of some of the images that {@link #of} measures: those from number {@code first} up to
     * {@code last}, without it, or all that there are. All of them must be readable.
     */
    public static BoundReport.Part bound(
            DiffusionModel model, ImageDataset dataset, LikelihoodSettings settings, int first, int last) {
        try (NDManager manager = model.manager().newSubManager()) {
            Likelihood likelihood = new Likelihood(model, dataset, settings, LikelihoodListener.NONE, manager);
            return Gradients.off(() -> Scope.call(() -> likelihood.bound(first, last)));
        }
    }

    private BoundReport.Part bound(int first, int last) {
        BoundMeasurement bound = bound();
        ImageDataset part =
                new ImageDataset(images.folder(), images.entries().subList(first, Math.min(last, images.size())));
        each(part, first, batch -> bound.add(batch, denoiser.of(batch.captions()), batch.encoded(space), done -> {}));
        if (bound.totals().length < part.size()) {
            throw new IllegalArgumentException("an image of " + images.folder()
                    + " is broken, so that parts cannot be counted together: remove it, the log names it");
        }
        return bound.part();
    }

    private BoundMeasurement bound() {
        int timesteps = settings.timesteps().orElse(schedule.steps());
        return new BoundMeasurement(
                new VariationalBound(schedule, settings.variance(), space.likelihood()), space, timesteps);
    }

    private LikelihoodReport measure() {
        BoundMeasurement bound = bound();
        Optional<DecoderMeasurement> decoder = decoderError();
        long[] dimensions = new long[2];
        each(batch -> {
            NDArray x0 = batch.encoded(space);
            dimensions[0] = x0.size() / batch.size();
            dimensions[1] = batch.pixels().size() / batch.size();
            decoder.ifPresent(measurement -> measurement.add(batch.pixels(), x0));
            bound.add(batch, denoiser.of(batch.captions()), x0, progress(Stage.BOUND, batch));
        });
        Optional<FlowReport> flow = settings.flow().map(this::flow);
        return new LikelihoodReport(
                bound.totals().length,
                heldOut,
                decoder.isPresent() ? "latents" : "pixels",
                space.unit(),
                dimensions[0],
                bound.report(),
                decoder.map(measurement -> measurement.report(bound.totals(), dimensions[0], dimensions[1]))
                        .orElse(null),
                flow.orElse(null));
    }

    private Optional<DecoderMeasurement> decoderError() {
        Optional<DecoderMeasurement> decoder = model.codec().autoencoder().map(DecoderMeasurement::new);
        decoder.ifPresent(measurement -> each(batch -> {
            measurement.addError(batch.pixels(), batch.encoded(space));
            progress(Stage.DECODER, batch).accept(1);
        }));
        return decoder;
    }

    private FlowReport flow(FlowSettings how) {
        FlowMeasurement flow = new FlowMeasurement(how, space, schedule);
        each(batch -> {
            NDArray x = batch.continuous(space, batch.encoded(space));
            for (int i = 0; i < batch.size(); i++) {
                DenoisedPredictor told = denoiser.of(batch.captions().get(i), 1);
                flow.add(told, Aten.rows(x, i, i + 1L), batch.probes(i));
                progress(Stage.FLOW, batch).accept((i + 1.0) / batch.size());
            }
        });
        return flow.report();
    }

    /** Tells the listener of a part of {@code batch}. */
    private DoubleConsumer progress(Stage stage, MeasuredBatch batch) {
        return part -> listener.at(stage, Math.min(1, (batch.first() + part * batch.size()) / images.size()));
    }

    private void each(Consumer<MeasuredBatch> action) {
        each(images, 0, action);
    }

    /** @param number of the first image of {@code part} */
    private void each(ImageDataset part, int number, Consumer<MeasuredBatch> action) {
        ImageTransform transform = ImageTransform.square(model.defaults().width());
        int first = number;
        try (BatchLoader loader = BatchLoader.once(part, BATCH, transform)) {
            while (loader.hasNext()) {
                int start = first;
                try (Batch batch = loader.next(manager)) {
                    Scope.run(() -> model.unet().use(() -> {
                        action.accept(MeasuredBatch.of(start, batch));
                        return null;
                    }));
                    first += batch.size();
                }
            }
        }
    }
}
