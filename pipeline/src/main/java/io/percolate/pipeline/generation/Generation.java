package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.StepListener;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.generation.GenerationRequest.Size;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.DiffusionModel;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One request on its way from noise to images, as many at a time as it allows. */
public final class Generation {

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final NDManager manager;
    private final Settings settings;
    private final List<GeneratedImage> images = new ArrayList<>();
    private int stepsTaken;

    public Generation(DiffusionModel model, GenerationRequest request, GenerationListener listener, NDManager manager) {
        this.model = model;
        this.request = request;
        this.listener = listener;
        this.manager = manager;
        settings = new Settings(model, request);
        request.start().ifPresent(this::requireShape);
    }

    /** Noise, then latents, then pixels: each batch is finished before the next one begins. */
    public List<GeneratedImage> run() {
        List<Batch> batches = batches();
        listener.started(
                joined(batches.stream().map(batch -> batch.canvas.noise()).toList()));
        Guide guide = new Guide(model, request, settings);
        List<NDArray> latents = new ArrayList<>();
        List<NDArray> pixels = new ArrayList<>();
        for (Batch batch : batches) {
            latents.add(model.unet().use(() -> sample(batch, guide, batches.size())));
            decode(latents.get(latents.size() - 1), image -> {
                pixels.add(image);
                handOver(image);
            });
        }
        listener.finished(joined(latents), joined(pixels));
        return images;
    }

    private void handOver(NDArray pixels) {
        requireNumbers(pixels);
        int i = images.size();
        BufferedImage image = Pixels.images(pixels).get(0);
        images.add(new GeneratedImage(image, settings.seeds(i, i + 1)[0], settings.describe(i)));
        listener.drawn(images.get(i));
    }

    /** What broken weights draw, or numbers too large for the precision. */
    private void requireNumbers(NDArray pixels) {
        if (!Float.isFinite(Aten.to(pixels, Precision.FP32).sum().getFloat())) {
            throw new IllegalStateException("the values of image " + (images.size() + 1)
                    + " are not numbers any more: the weights are broken, the guidance is too large, or "
                    + model.precision() + " is too narrow: try FP32");
        }
    }

    /** Images number {@code first} up to {@code end}, not yet drawn. */
    private record Batch(int first, int end, Canvas canvas, NoiseSource random) {}

    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int first = 0; first < settings.images(); first += request.batchLimit()) {
            int end = Math.min(first + request.batchLimit(), settings.images());
            Easel easel = new Easel(model, settings, first, end, manager);
            batches.add(new Batch(first, end, easel.canvas(request.start()), easel.random()));
        }
        return batches;
    }

    private NDArray sample(Batch batch, Guide guide, int batchCount) {
        SamplerConfig config = settings.sampler();
        Sampler sampler = config.sampler();
        SigmaSchedule levels = config.sigmaSchedule();
        Canvas canvas = batch.canvas;
        Steps planned = canvas.plan(sampler, levels, settings.steps());
        Steps steps = planned.observedBy(event -> report(event, planned.list().size() * batchCount));
        return Scope.keep(() -> {
            Denoiser denoiser = guide.denoiser(canvas, batch.first, batch.end);
            DenoisedPredictor estimator = canvas.protect(config.predictor(denoiser));
            NDArray first = canvas.first(sampler, levels, steps);
            return canvas.finish(sampler.sample(estimator, first, steps, (index, like) -> batch.random.normal(like)));
        });
    }

    private void report(StepListener.Event event, int steps) {
        stepsTaken++;
        listener.stepped(new GenerationListener.Progress(
                stepsTaken, steps, event.step().from().timestep(), () -> preview(event.x0())));
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("the generation was interrupted after step " + stepsTaken + " of " + steps);
        }
    }

    private List<BufferedImage> preview(NDArray x0) {
        List<BufferedImage> images = new ArrayList<>();
        Scope.run(() -> decode(x0, pixels -> images.addAll(Pixels.images(pixels))));
        return images;
    }

    /** One image (1,C,h,w) at a time: nothing else needs as much memory. */
    private void decode(NDArray latents, Consumer<NDArray> receiver) {
        model.codec().use(() -> {
            for (long i = 0; i < latents.getShape().get(0); i++) {
                long row = i;
                receiver.accept(Scope.keep(() -> model.codec().decode(latents.get("{}:{}", row, row + 1))));
            }
            return null;
        });
    }

    private static NDArray joined(List<NDArray> rows) {
        return NDArrays.concat(new NDList(rows));
    }

    private void requireShape(Start start) {
        Size size = settings.size();
        Shape wanted = model.codec().shape(settings.images(), size.height(), size.width());
        if (start instanceof Start.Noise noise) {
            requireShape("latents, one row per image,", noise.latents(), wanted);
        }
        if (start instanceof Start.Pixels image) {
            requireShape("image", image.pixels(), new Shape(1, 3, size.height(), size.width()));
            image.posteriorNoise().ifPresent(noise -> requireShape("noise of the encoder", noise, wanted));
            image.noise().ifPresent(noise -> requireShape("latents, one row per image,", noise, wanted));
        }
        if (start instanceof Start.Latents sketch) {
            requireShape("latents, one row per image,", sketch.latents(), wanted);
            requireShape("noise, one row per image,", sketch.noise(), wanted);
        }
    }

    private static void requireShape(String what, NDArray given, Shape wanted) {
        if (!given.getShape().equals(wanted)) {
            throw new IllegalArgumentException(what + " of " + given.getShape() + ", but the request needs " + wanted);
        }
    }
}
