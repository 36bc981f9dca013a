package io.percolate.conditioning.prompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.encoder.TextStates;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A tokenizer and the text encoder that reads its tokens; closing it closes both.
 *
 * @param tokenizer turns prompts into tokens
 * @param encoder turns tokens into states
 */
public record TextTower(ClipTokenizer tokenizer, ClipTextEncoder encoder) implements AutoCloseable {

    public TextTower {
        requireFit("tokens", tokenizer.vocabularySize(), encoder.config().vocabularySize());
        requireFit("positions", tokenizer.maxLength(), encoder.config().positionCount());
    }

    /**
     * Loads both from their folders, such as {@code tokenizer_2} and {@code text_encoder_2}.
     *
     * @throws WeightsException if a file is missing or broken, or the two are not of the same model
     */
    public static TextTower load(Path tokenizerFolder, Path encoderFolder, NDManager manager) {
        ClipTokenizer tokenizer = ClipTokenizer.load(tokenizerFolder);
        try {
            return new TextTower(tokenizer, ClipTextEncoder.load(encoderFolder, manager));
        } catch (IllegalArgumentException e) {
            tokenizer.close();
            throw new WeightsException(tokenizerFolder + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        encoder.close();
    }

    /** Reads {@code prompts} with its own tokenizer. */
    public PromptBatch read(List<String> prompts, PromptSyntax syntax) {
        return PromptBatch.read(prompts, syntax, tokenizer);
    }

    /**
     * Encodes prompts, the shorter ones filled up to {@code chunks} chunks.
     *
     * @param choice picks the states (N,L,D) that a denoiser attends to
     * @param manager owns the result where no scope does
     */
    public Encoded encode(
            PromptBatch prompts,
            int chunks,
            Function<TextStates, NDArray> choice,
            Precision precision,
            NDManager manager) {
        PromptBatch batch = prompts.padded(chunks, PromptChunk.plain(tokenizer.encode("")));
        return encoder.use(() -> {
            try (NDArray ids = batch.ids(manager);
                    TextStates states = encoder.forward(ids, precision)) {
                return new Encoded(
                        context(batch, choice.apply(states)),
                        states.projected().map(projected -> pooled(batch, projected)));
            }
        });
    }

    /**
     * What prompts became, in float32.
     *
     * @param context the states of all chunks of each prompt in a row, weighted, (B,chunks L,D)
     * @param pooled the projected pooled state of each prompt's first chunk, (B,P); empty without projection
     */
    public record Encoded(NDArray context, Optional<NDArray> pooled) {}

    private NDArray context(PromptBatch batch, NDArray states) {
        return Scope.keep(() -> perPrompt(
                batch,
                batch.weigh(Aten.to(states, Precision.FP32)),
                encoder.config().width()));
    }

    private NDArray pooled(PromptBatch batch, NDArray projected) {
        int width = encoder.config().projection().width();
        return Scope.keep(() ->
                perPrompt(batch, Aten.to(projected, Precision.FP32), width).get(":, 0"));
    }

    /** Rows of chunks (N,...,D) as rows of prompts (B,...,D). */
    private static NDArray perPrompt(PromptBatch batch, NDArray chunks, int width) {
        return chunks.reshape(batch.prompts().size(), -1, width);
    }

    private static void requireFit(String what, int given, int known) {
        if (given > known) {
            throw new IllegalArgumentException("a tokenizer of " + given + " " + what
                    + " for a text encoder that knows " + known + ": they are not of the same model");
        }
    }
}
