package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.TextOptions;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.steps.Steps;
import io.percolate.pipeline.control.ControlledNetwork;
import io.percolate.pipeline.control.Controls;
import io.percolate.pipeline.fewstep.FewSteps;
import io.percolate.pipeline.model.DiffusionModel;
import java.util.List;

/**
 * A request with every open choice made by the model.
 *
 * @param size of all images
 */
record ResolvedRequest(DiffusionModel model, GenerationRequest request, Size size) {

    ResolvedRequest {
        int factor = model.codec().factor();
        if (!size.equals(size.roundedDown(factor))) {
            throw new IllegalArgumentException("size " + size + " but this model makes images in blocks of " + factor
                    + " pixels: ask for " + size.rounded(factor));
        }
        request.task().requireInput(model.input(), model.defaults().name());
        Shape latents = model.codec().shape(request.imageCount(), size.height(), size.width());
        new Controls(model, request.controls()).requireSize(size.width(), size.height());
        request.task().requireShapes(new ExpectedShapes(latents, new Shape(1, 3, size.height(), size.width())));
    }

    /** Fails if the model cannot make images of the size asked for, or the task's tensors do not fit it. */
    static ResolvedRequest of(DiffusionModel model, GenerationRequest request) {
        int factor = model.codec().factor();
        Size size = request.images()
                .size()
                .or(() -> request.task().size(factor).map(given -> given.roundedDown(factor)))
                .orElseGet(() ->
                        new Size(model.defaults().width(), model.defaults().height()));
        return new ResolvedRequest(model, request, size);
    }

    int steps() {
        return request.sampling().steps().orElse(model.defaults().steps());
    }

    /** What is asked for that does not go with the model. */
    List<String> warnings() {
        FewSteps.Asked asked = new FewSteps.Asked(
                request.sampling().steps(), request.sampling().guidance().scale(), sampler());
        return model.defaults().fewSteps().warnings(asked);
    }

    Guidance guidance() {
        return request.sampling().guidance().resolve(model.defaults().guidanceScale());
    }

    SamplerConfig sampler() {
        return request.sampling().sampler().resolve(model.sampler());
    }

    Prompts prompts() {
        return request.prompts();
    }

    TextOptions textOptions() {
        return TextOptions.of(size.height(), size.width())
                .withPrecision(model.precision())
                .withSyntax(prompts().syntax())
                .withClipSkip(prompts().clipSkip());
    }

    Controls controls() {
        return new Controls(model, request.controls());
    }

    /** The denoiser as one run of {@code steps} calls it. */
    ControlledNetwork network(Steps steps, NDManager manager) {
        return controls().network(steps.list().size(), size.width(), size.height(), manager);
    }

    int imageCount() {
        return request.imageCount();
    }

    int imagesPerPrompt() {
        return request.images().perPrompt();
    }

    /** The prompt of image number {@code image}: images of one prompt are side by side. */
    String prompt(int image) {
        return prompts().text(image / imagesPerPrompt());
    }

    String negativePrompt(int image) {
        return prompts().negative(image / imagesPerPrompt());
    }

    /** The seeds of images {@code first} up to, not including, {@code end}. */
    long[] seeds(int first, int end) {
        return request.images().seeds(first, end);
    }
}
