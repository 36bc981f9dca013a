package io.percolate.conditioning.prompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.TextStates;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.weights.layout.ModelPart;
import java.util.List;

/**
 * Stable Diffusion 1 and 2 (Rombach et al. 2022): the text encoder's last states.
 *
 * <p>With clip skip n, the states n layers earlier, after the final layer normalisation all the same.
 *
 * @param tower the model's tokenizer and text encoder
 * @param manager owns the results where no scope does
 */
public record StableDiffusionText(TextTower tower, NDManager manager) implements TextConditioner {

    @Override
    public List<TextTower> towers() {
        return List.of(tower);
    }

    @Override
    public ModelPart lastPart() {
        return ModelPart.TEXT_ENCODER;
    }

    @Override
    public boolean zerosForAbsentNegative() {
        return false;
    }

    @Override
    public DenoiserInputs encode(List<String> prompts, TextOptions options) {
        PromptBatch read = tower.read(prompts, options.syntax());
        return DenoiserInputs.context(
                tower.encode(read, read.chunkCount(), states -> last(states, options), options.precision(), manager)
                        .context());
    }

    private NDArray last(TextStates states, TextOptions options) {
        int skip = options.clipSkip();
        return skip == 0 ? states.last() : tower.encoder().normalise(states.hidden(skip));
    }
}
