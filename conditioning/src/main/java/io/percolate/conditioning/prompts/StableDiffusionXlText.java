package io.percolate.conditioning.prompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.TextTower.Encoded;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.weights.layout.ModelPart;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Stable Diffusion XL (Podell et al. 2023): the penultimate states of all text encoders side by side, without
 * the final layer normalisation, the last encoder's projected pooled state, and the image's sizes.
 *
 * @param towers one or two; with one, it is what folders call {@code text_encoder_2}
 * @param zerosForAbsentNegative the model's {@code force_zeros_for_empty_prompt}
 * @param manager owns the results where no scope does
 */
public record StableDiffusionXlText(List<TextTower> towers, boolean zerosForAbsentNegative, NDManager manager)
        implements TextConditioner {

    public StableDiffusionXlText {
        towers = List.copyOf(towers);
        if (towers.isEmpty() || !last(towers).encoder().config().projection().present()) {
            throw new IllegalArgumentException(
                    "the last of " + towers.size() + " text encoders must have a projection (text_encoder_2)");
        }
    }

    @Override
    public ModelPart lastPart() {
        return ModelPart.TEXT_ENCODER_2;
    }

    @Override
    public DenoiserInputs encode(List<String> prompts, TextOptions options) {
        List<PromptBatch> read = towers.stream()
                .map(tower -> tower.read(prompts, options.syntax()))
                .toList();
        int chunks = read.stream().mapToInt(PromptBatch::chunkCount).max().orElseThrow();
        List<Encoded> encoded = IntStream.range(0, towers.size())
                .mapToObj(i -> encode(towers.get(i), read.get(i), chunks, options))
                .toList();
        return DenoiserInputs.context(sideBySide(encoded))
                .withPooled(
                        last(encoded).pooled().orElseThrow(),
                        ImageSizes.rows(options.sizes(), prompts.size(), manager));
    }

    private Encoded encode(TextTower tower, PromptBatch prompts, int chunks, TextOptions options) {
        int skip = 1 + options.clipSkip();
        return tower.encode(prompts, chunks, states -> states.hidden(skip), options.precision(), manager);
    }

    private static NDArray sideBySide(List<Encoded> encoded) {
        try (NDList contexts = new NDList(encoded.stream().map(Encoded::context).toList())) {
            return NDArrays.concat(contexts, 2);
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
