package io.percolate.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.ClassifierFreeGuidance;
import io.percolate.conditioning.Guidance;
import io.percolate.conditioning.GuidedConditions;
import io.percolate.conditioning.TextOptions;
import io.percolate.diffusion.Denoiser;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.diffusion.samplers.StepListener;
import io.percolate.diffusion.samplers.Steps;
import io.percolate.diffusion.unet.Conditions;
import io.percolate.nn.NoiseSource;
import io.percolate.nn.Scope;
import io.percolate.pipeline.GenerationRequest.Size;
import io.percolate.pipeline.GenerationRequest.Start;
import io.percolate.pipeline.images.GenerationText;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** One request on its way from noise to pictures: all its pictures in one batch. */
final class Generation {

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final NDManager manager;
    private final Size size;
    private final SamplerConfig config;
    private final NoiseSource random;

    Generation(DiffusionModel model, GenerationRequest request, GenerationListener listener, NDManager manager) {
        this.model = model;
        this.request = request;
        this.listener = listener;
        this.manager = manager;
        size = request.size()
                .orElse(new Size(model.defaults().width(), model.defaults().height()));
        config = samplerConfig();
        random = NoiseSource.perImage(seeds());
        requireDivisible();
    }

    /** Noise, then latents, then pixels. */
    List<GeneratedImage> run() {
        Sampler sampler = config.sampler();
        Steps steps = sampler.plan(config.levels(), stepCount(), 0).observedBy(this::report);
        NDArray noise = noise();
        listener.started(noise);
        NDArray start = noise.mul((float) sampler.initialNoise(config.levels(), stepCount()));
        NDArray latents =
                sampler.sample(config.estimator(denoiser()), start, steps, (index, like) -> random.normal(like));
        NDArray pixels = model.space().decode(latents);
        listener.finished(latents, pixels);
        return pictures(Pixels.images(pixels));
    }

    private NDArray noise() {
        Shape shape = model.space().shape(pictureCount(), size.height(), size.width());
        if (request.start().orElse(null) instanceof Start.Noise given) {
            requireShape(given.latents().getShape(), shape);
            return given.latents().duplicate();
        }
        return random.normal(manager, shape, DataType.FLOAT32);
    }

    private Denoiser denoiser() {
        if (model.text().isEmpty()) {
            return (x, timestep) -> model.predict(x, timestep, Conditions.none());
        }
        TextOptions options = TextOptions.of(size.height(), size.width());
        List<String> negatives = request.negativePrompt()
                .map(negative -> Collections.nCopies(request.prompts().size(), negative))
                .orElse(List.of());
        GuidedConditions conditions =
                model.text().get().encode(request.prompts(), negatives, options).repeat(request.count());
        return ClassifierFreeGuidance.of(model::predict, conditions, Guidance.of(guidanceScale()));
    }

    private void report(StepListener.Event event) {
        listener.stepped(new GenerationListener.Progress(
                event.step().index() + 1, event.planned(), event.step().from().timestep(), () -> preview(event.x0())));
    }

    private List<BufferedImage> preview(NDArray x0) {
        try (NDArray pixels = Scope.keep(() -> model.space().decode(x0))) {
            return Pixels.images(pixels);
        }
    }

    private List<GeneratedImage> pictures(List<BufferedImage> images) {
        List<GeneratedImage> pictures = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            long seed = seeds()[i];
            pictures.add(new GeneratedImage(images.get(i), seed, text(prompt(i), seed)));
        }
        return pictures;
    }

    private GenerationText text(String prompt, long seed) {
        return GenerationText.of(prompt, request.negativePrompt().orElse(""))
                .with(GenerationText.STEPS, stepCount())
                .with(GenerationText.SAMPLER, config.kind())
                .with(GenerationText.GUIDANCE_SCALE, guidanceScale())
                .with(GenerationText.SEED, seed)
                .with(GenerationText.SIZE, size)
                .with(GenerationText.MODEL, model.defaults().name())
                .with(GenerationText.VERSION, "percolate " + Version.NUMBER);
    }

    private SamplerConfig samplerConfig() {
        SamplerConfig chosen = model.sampler();
        chosen = request.sampling().sampler().map(chosen::with).orElse(chosen);
        chosen = request.sampling().spacing().map(chosen::with).orElse(chosen);
        return request.sampling().sigmas().map(chosen::with).orElse(chosen);
    }

    private int stepCount() {
        return request.sampling().steps().orElse(model.defaults().steps());
    }

    private double guidanceScale() {
        return request.sampling().guidanceScale().orElse(model.defaults().guidanceScale());
    }

    /** Pictures of one prompt lie side by side. */
    private String prompt(int picture) {
        return request.prompts().isEmpty() ? "" : request.prompts().get(picture / request.count());
    }

    private int pictureCount() {
        return Math.max(1, request.prompts().size()) * request.count();
    }

    private long[] seeds() {
        return LongStream.range(request.seed(), request.seed() + pictureCount()).toArray();
    }

    private void requireDivisible() {
        int factor = model.space().factor();
        if (size.width() % factor != 0 || size.height() % factor != 0) {
            throw new IllegalArgumentException("size " + size + " but this model makes pictures in blocks of " + factor
                    + " pixels: ask for " + new Size(rounded(size.width(), factor), rounded(size.height(), factor)));
        }
    }

    private static int rounded(int length, int factor) {
        return Math.max(factor, (length + factor / 2) / factor * factor);
    }

    private static void requireShape(Shape given, Shape wanted) {
        if (!given.equals(wanted)) {
            throw new IllegalArgumentException(
                    "latents " + given + " but the request needs " + wanted + ": one row per picture");
        }
    }
}
