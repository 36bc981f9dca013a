package io.percolate.pipeline.generation;

import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.TextOptions;
import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.generation.GenerationRequest.Size;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.model.DiffusionModel;
import java.util.Optional;
import java.util.stream.LongStream;

/** A request with every open choice made by the model. */
final class Settings {

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final Size size;

    /** Fails if the model cannot make images of the size asked for. */
    Settings(DiffusionModel model, GenerationRequest request) {
        this.model = model;
        this.request = request;
        size = request.size().or(this::startingSize).orElse(usualSize());
        requireDivisible();
    }

    Size size() {
        return size;
    }

    /** The sampler asked for, with its usual noise levels. */
    SamplerConfig usualSampler() {
        SamplerConfig usual = model.sampler();
        return request.sampling().sampler().map(usual::with).orElse(usual);
    }

    SamplerConfig sampler() {
        SamplerConfig chosen = usualSampler();
        chosen = request.sampling().spacing().map(chosen::with).orElse(chosen);
        chosen = request.sampling().sigmas().map(chosen::with).orElse(chosen);
        return request.sampling().eta().isPresent()
                ? noisier(chosen, request.sampling().eta().getAsDouble())
                : chosen;
    }

    private static SamplerConfig noisier(SamplerConfig chosen, double eta) {
        if (chosen.kind() != SamplerKind.DDIM) {
            throw new IllegalArgumentException("eta " + eta + " is for the sampler ddim, not for " + chosen.kind()
                    + ": choose ddim, or leave eta out");
        }
        return chosen.with(new Ddim(eta));
    }

    int steps() {
        return request.sampling().steps().orElse(model.defaults().steps());
    }

    Guidance guidance() {
        return request.sampling().guidance(model.defaults().guidanceScale());
    }

    TextOptions text() {
        return TextOptions.of(size.height(), size.width())
                .withPrecision(model.precision())
                .withSyntax(request.reading().syntax())
                .withClipSkip(request.reading().clipSkip());
    }

    int images() {
        return Math.max(1, request.prompts().size()) * request.count();
    }

    /** The seeds of images {@code first} up to, not including, {@code end}. */
    long[] seeds(int first, int end) {
        return LongStream.range(first, end)
                .map(i -> request.seeds().size() == 1
                        ? request.seeds().get(0) + i
                        : request.seeds().get((int) i))
                .toArray();
    }

    /** What the file of an image says about it. */
    ParameterText describe(int image) {
        return new GenerationMetadata(model, request, this).of(image);
    }

    private Size usualSize() {
        return new Size(model.defaults().width(), model.defaults().height());
    }

    /** An image to start from keeps its size, rounded down to what the model can make. */
    private Optional<Size> startingSize() {
        return request.start().flatMap(Start::initImage).map(image -> {
            int factor = model.codec().factor();
            return new Size(
                    Math.max(factor, image.getWidth() / factor * factor),
                    Math.max(factor, image.getHeight() / factor * factor));
        });
    }

    private void requireDivisible() {
        int factor = model.codec().factor();
        if (size.width() % factor != 0 || size.height() % factor != 0) {
            throw new IllegalArgumentException("size " + size + " but this model makes images in blocks of " + factor
                    + " pixels: ask for " + new Size(rounded(size.width(), factor), rounded(size.height(), factor)));
        }
    }

    private static int rounded(int length, int factor) {
        return Math.max(factor, (length + factor / 2) / factor * factor);
    }
}
