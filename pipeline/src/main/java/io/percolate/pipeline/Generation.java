package io.percolate.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.Denoiser;
import io.percolate.diffusion.Estimator;
import io.percolate.diffusion.samplers.Discretisation;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.diffusion.samplers.StepListener;
import io.percolate.diffusion.samplers.Steps;
import io.percolate.nn.Aten;
import io.percolate.nn.NoiseSource;
import io.percolate.nn.Precision;
import io.percolate.nn.Scope;
import io.percolate.pipeline.GenerationRequest.Size;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** One request on its way from noise to pictures, as many at a time as it allows. */
final class Generation {

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final NDManager manager;
    private final Settings settings;
    private int stepsTaken;

    Generation(DiffusionModel model, GenerationRequest request, GenerationListener listener, NDManager manager) {
        this.model = model;
        this.request = request;
        this.listener = listener;
        this.manager = manager;
        settings = new Settings(model, request);
        request.start().ifPresent(this::requireShape);
    }

    /** Noise, then latents, then pixels. */
    List<GeneratedImage> run() {
        List<Batch> batches = batches();
        listener.started(
                joined(batches.stream().map(batch -> batch.canvas.noise()).toList()));
        Guide guide = new Guide(model, request, settings);
        NDArray latents = model.unet()
                .use(() -> joined(batches.stream()
                        .map(batch -> sample(batch, guide, batches.size()))
                        .toList()));
        NDArray pixels = decode(latents);
        listener.finished(latents, pixels);
        requireNumbers(pixels);
        return pictures(Pixels.images(pixels));
    }

    /** What broken weights draw, or numbers too large for the precision. */
    private void requireNumbers(NDArray pixels) {
        if (!Float.isFinite(Aten.to(pixels, Precision.FP32).sum().getFloat())) {
            throw new IllegalStateException(
                    "the pictures are not numbers any more: the weights are broken, the guidance" + " is too large, or "
                            + model.precision() + " is too narrow: try FP32");
        }
    }

    /** Pictures number {@code first} up to {@code end}, not yet drawn. */
    private record Batch(int first, int end, Canvas canvas, NoiseSource random) {}

    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int first = 0; first < settings.pictures(); first += request.batchLimit()) {
            int end = Math.min(first + request.batchLimit(), settings.pictures());
            Easel easel = new Easel(model, settings, first, end, manager);
            batches.add(new Batch(first, end, easel.canvas(request.start()), easel.random()));
        }
        return batches;
    }

    private NDArray sample(Batch batch, Guide guide, int batchCount) {
        SamplerConfig config = settings.sampler();
        Sampler sampler = config.sampler();
        Discretisation levels = config.levels();
        Canvas canvas = batch.canvas;
        Steps planned = canvas.plan(sampler, levels, settings.steps());
        Steps steps = planned.observedBy(event -> report(event, planned.list().size() * batchCount));
        return Scope.keep(() -> {
            Denoiser denoiser = guide.denoiser(canvas, batch.first, batch.end);
            Estimator estimator = canvas.protect(config.estimator(denoiser));
            NDArray first = canvas.first(sampler, levels, steps);
            return canvas.finish(sampler.sample(estimator, first, steps, (index, like) -> batch.random.normal(like)));
        });
    }

    private void report(StepListener.Event event, int steps) {
        stepsTaken++;
        listener.stepped(new GenerationListener.Progress(
                stepsTaken, steps, event.step().from().timestep(), () -> preview(event.x0())));
    }

    private List<BufferedImage> preview(NDArray x0) {
        try (NDArray pixels = Scope.keep(() -> decode(x0))) {
            return Pixels.images(pixels);
        }
    }

    /** One picture at a time: nothing else needs as much memory. */
    private NDArray decode(NDArray latents) {
        return model.space().use(() -> {
            List<NDArray> pictures = new ArrayList<>();
            for (long i = 0; i < latents.getShape().get(0); i++) {
                long row = i;
                pictures.add(Scope.keep(() -> model.space().decode(latents.get("{}:{}", row, row + 1))));
            }
            return joined(pictures);
        });
    }

    private static NDArray joined(List<NDArray> rows) {
        return NDArrays.concat(new NDList(rows));
    }

    private List<GeneratedImage> pictures(List<BufferedImage> images) {
        List<GeneratedImage> pictures = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            pictures.add(new GeneratedImage(images.get(i), settings.seeds(i, i + 1)[0], settings.describe(i)));
        }
        return pictures;
    }

    private void requireShape(Start start) {
        Size size = settings.size();
        Shape wanted = model.space().shape(settings.pictures(), size.height(), size.width());
        if (start instanceof Start.Noise noise) {
            requireShape("latents, one row per picture,", noise.latents(), wanted);
        }
        if (start instanceof Start.Pixels picture) {
            requireShape("picture", picture.pixels(), new Shape(1, 3, size.height(), size.width()));
            picture.posteriorNoise().ifPresent(noise -> requireShape("noise of the encoder", noise, wanted));
            picture.noise().ifPresent(noise -> requireShape("latents, one row per picture,", noise, wanted));
        }
        if (start instanceof Start.Latents sketch) {
            requireShape("latents, one row per picture,", sketch.latents(), wanted);
            requireShape("noise, one row per picture,", sketch.noise(), wanted);
        }
    }

    private static void requireShape(String what, NDArray given, Shape wanted) {
        if (!given.getShape().equals(wanted)) {
            throw new IllegalArgumentException(what + " of " + given.getShape() + ", but the request needs " + wanted);
        }
    }
}
