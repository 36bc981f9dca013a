package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.pipeline.model.DiffusionModel;
import java.util.Optional;
import java.util.OptionalInt;

/** What the denoiser is told about every image of a request: prompts, classes, or nothing. */
final class Guide {

    private static final float GUIDANCE_UNIT = 1000;

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final Settings settings;
    private final Optional<PromptEmbeddings> text;

    Guide(DiffusionModel model, GenerationRequest request, Settings settings) {
        this.model = model;
        this.request = request;
        this.settings = settings;
        text = model.text().map(this::encode);
    }

    /** The denoiser of images {@code first} up to {@code end}, drawn on {@code canvas}. */
    Denoiser denoiser(Canvas canvas, int first, int end) {
        if (text.isEmpty()) {
            DenoiserInputs conditions = withoutText(canvas.noise().getManager(), first, end);
            return (x, timestep) -> canvas.seenBy(model::predict).predict(x, timestep, conditions);
        }
        DenoiserInputs conditional = text.get().conditional().rows(first, end);
        OptionalInt width = model.unet().config().time().guidanceWidth();
        if (width.isPresent()) {
            DenoiserInputs distilled = conditional.withGuidance(embedding(canvas.noise(), width.getAsInt()));
            return (x, timestep) -> canvas.seenBy(model::predict).predict(x, timestep, distilled);
        }
        PromptEmbeddings both = new PromptEmbeddings(text.get().unconditional().rows(first, end), conditional);
        return canvas.guided(model::predict, both, settings.guidance());
    }

    private PromptEmbeddings encode(TextConditioner conditioner) {
        if (request.prompts().isEmpty()) {
            throw new IllegalArgumentException("no prompt, but this model draws from text: give one, be it empty");
        }
        return conditioner
                .encode(request.prompts(), request.negativePrompts(), settings.text())
                .repeat(request.count());
    }

    /** The guidance scale as models see it that were distilled with it (Luo et al. 2023, section 4.2). */
    private NDArray embedding(NDArray images, int width) {
        float omega = (float) (settings.guidance().scale() - 1) * GUIDANCE_UNIT;
        return Scope.keep(() -> Aten.sinusoids(
                images.getManager().full(new Shape(images.getShape().get(0)), omega), width, false, 1));
    }

    private DenoiserInputs withoutText(NDManager manager, int first, int end) {
        if (model.unet().config().classes() instanceof ClassLabels.Table classes) {
            return DenoiserInputs.none().withClasses(TorchArray.of(manager, labels(classes.count(), first, end)));
        }
        if (!request.prompts().isEmpty()) {
            throw new IllegalArgumentException("a prompt, but this model was trained without text: leave it out");
        }
        return DenoiserInputs.none();
    }

    private long[] labels(int classCount, int first, int end) {
        long[] labels = new long[end - first];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = label(
                    request.prompts().isEmpty() ? "" : request.prompts().get((first + i) / request.count()),
                    classCount);
        }
        return labels;
    }

    private static long label(String prompt, int classCount) {
        if (!prompt.matches("\\d{1,6}") || Integer.parseInt(prompt) >= classCount) {
            throw new IllegalArgumentException("prompt \"" + prompt
                    + "\", but this model draws classes: ask for one by " + "its number, 0 to " + (classCount - 1));
        }
        return Integer.parseInt(prompt);
    }
}
