package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.GuidanceEmbedding;
import io.percolate.nn.engine.TorchArray;
import io.percolate.pipeline.model.DiffusionModel;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** How a model is told what images should show: by text, by the number of a class, or not at all. */
sealed interface PromptEncoder {

    /** What the denoiser is told, a row for each image of {@code request}; fails if the model cannot be told so. */
    PromptEmbeddings encode(ResolvedRequest request, NDManager manager);

    /** The guidance to apply outside the network; fails if the model cannot be guided. */
    Guidance guidance(Guidance asked);

    static PromptEncoder of(DiffusionModel model) {
        OptionalInt guidanceWidth = model.unet().config().embedding().time().guidanceWidth();
        if (model.text().isPresent()) {
            return guidanceWidth.isPresent()
                    ? new DistilledText(model.text().get(), guidanceWidth.getAsInt())
                    : new Text(model.text().get());
        }
        return model.unet().config().classes() instanceof ClassLabels.Table classes
                ? new Classes(classes.count(), model.defaults().nullClass())
                : new Nothing();
    }

    /** By text encoders. */
    record Text(TextConditioner text) implements PromptEncoder {

        @Override
        public PromptEmbeddings encode(ResolvedRequest request, NDManager manager) {
            Prompts prompts = request.prompts();
            if (prompts.texts().isEmpty()) {
                throw new IllegalArgumentException(
                        "no prompt, but this model follows text: give one, even an empty one");
            }
            return text.encode(prompts.texts(), prompts.negatives(), request.textOptions())
                    .repeat(request.imagesPerPrompt());
        }

        @Override
        public Guidance guidance(Guidance asked) {
            return asked;
        }
    }

    /**
     * By text encoders and the guidance scale, for networks that were distilled with it (Luo et al. 2023, section 4.2)
     * and need no second prediction.
     */
    record DistilledText(TextConditioner text, int width) implements PromptEncoder {

        @Override
        public PromptEmbeddings encode(ResolvedRequest request, NDManager manager) {
            PromptEmbeddings prompts = new Text(text).encode(request, manager);
            double[] scales = new double[request.imageCount()];
            Arrays.fill(scales, request.guidance().scale());
            NDArray scale = new GuidanceEmbedding(width).of(scales, manager);
            return new PromptEmbeddings(
                    prompts.unconditional().withGuidance(scale),
                    prompts.conditional().withGuidance(scale));
        }

        @Override
        public Guidance guidance(Guidance asked) {
            return Guidance.OFF;
        }
    }

    /**
     * By class labels.
     *
     * @param count how many labels there are
     * @param nullClass the label that stands for no class; without one, the model cannot be guided
     */
    record Classes(int count, OptionalInt nullClass) implements PromptEncoder {

        @Override
        public PromptEmbeddings encode(ResolvedRequest request, NDManager manager) {
            requireNoNegatives(request.prompts());
            DenoiserInputs classes = labels(request, manager, this::label);
            return new PromptEmbeddings(labels(request, manager, prompt -> nullClass.orElse(0)), classes);
        }

        private static DenoiserInputs labels(ResolvedRequest request, NDManager manager, ToLongFunction<String> label) {
            long[] labels = IntStream.range(0, request.imageCount())
                    .mapToObj(request::prompt)
                    .mapToLong(label)
                    .toArray();
            return DenoiserInputs.none().withClasses(TorchArray.of(manager, labels));
        }

        private long label(String prompt) {
            if (prompt.isEmpty() && nullClass.isPresent()) {
                return nullClass.getAsInt();
            }
            if (!prompt.matches("\\d{1,6}") || Integer.parseInt(prompt) >= count) {
                throw new IllegalArgumentException("prompt \"" + prompt
                        + "\", but this model generates classes: ask for one by its number, 0 to " + (count - 1));
            }
            return Integer.parseInt(prompt);
        }

        @Override
        public Guidance guidance(Guidance asked) {
            return nullClass.isPresent()
                    ? asked
                    : requireOff(
                            asked,
                            "was trained without a null class: leave guidance out, or, if one of its"
                                    + " classes stands for no class, name it as null_class in percolate.json");
        }
    }

    /** Not at all. */
    record Nothing() implements PromptEncoder {

        @Override
        public PromptEmbeddings encode(ResolvedRequest request, NDManager manager) {
            requireNoNegatives(request.prompts());
            if (!request.prompts().texts().isEmpty()) {
                throw new IllegalArgumentException("a prompt, but this model was trained without text: leave it out");
            }
            return new PromptEmbeddings(DenoiserInputs.none(), DenoiserInputs.none());
        }

        @Override
        public Guidance guidance(Guidance asked) {
            return requireOff(
                    asked,
                    "was trained without text and classes: leave guidance out, or choose a model that"
                            + " follows prompts");
        }
    }

    private static void requireNoNegatives(Prompts prompts) {
        if (!prompts.negatives().isEmpty()) {
            throw new IllegalArgumentException(
                    "a negative prompt, but this model was trained without text: leave it out");
        }
    }

    private static Guidance requireOff(Guidance asked, String reason) {
        if (asked.scale() != 1) {
            throw new IllegalArgumentException("guidance scale " + asked.scale() + ", but this model " + reason);
        }
        return asked;
    }
}
