package io.percolate.conditioning.prompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.Tokens;
import io.percolate.nn.engine.TorchArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Several prompts as one tokenizer reads them.
 *
 * @param prompts the chunks of each prompt, at least one each
 */
public record PromptBatch(List<List<PromptChunk>> prompts) {

    /** Reads {@code prompts}, all in as many chunks as the longest needs. */
    public static PromptBatch read(List<String> prompts, PromptSyntax syntax, ClipTokenizer tokenizer) {
        if (prompts.isEmpty()) {
            throw new IllegalArgumentException("no prompts: give at least one, it may be empty");
        }
        return new PromptBatch(
                prompts.stream().map(prompt -> syntax.read(prompt, tokenizer)).toList());
    }

    /** The number of chunks of the longest prompt. */
    int chunkCount() {
        return prompts.stream().mapToInt(List::size).max().orElse(0);
    }

    /** These prompts, brought to {@code count} chunks each by adding {@code empty} ones. */
    public PromptBatch padded(int count, PromptChunk empty) {
        return new PromptBatch(
                prompts.stream().map(chunks -> padded(chunks, count, empty)).toList());
    }

    /** The ids of all chunks, int64 (N,L). */
    public NDArray ids(NDManager manager) {
        return Tokens.batch(chunks().stream().map(PromptChunk::tokens).toList(), manager);
    }

    /**
     * Multiplies each token's state by its weight, then restores each chunk's mean.
     *
     * @param states the states of all chunks (N,L,D)
     */
    public NDArray weigh(NDArray states) {
        if (chunks().stream().allMatch(PromptChunk::isPlain)) {
            return states;
        }
        NDArray weighted = states.mul(weights(states.getManager()));
        return weighted.mul(mean(states).div(mean(weighted)));
    }

    private List<PromptChunk> chunks() {
        return prompts.stream().flatMap(List::stream).toList();
    }

    private NDArray weights(NDManager manager) {
        List<Float> weights =
                chunks().stream().flatMap(chunk -> chunk.weights().stream()).toList();
        float[] values = new float[weights.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = weights.get(i);
        }
        long chunks = chunks().size();
        return TorchArray.of(manager, values, new Shape(chunks, values.length / chunks, 1));
    }

    private static List<PromptChunk> padded(List<PromptChunk> chunks, int count, PromptChunk empty) {
        List<PromptChunk> padded = new ArrayList<>(chunks);
        while (padded.size() < count) {
            padded.add(empty);
        }
        return padded;
    }

    private static NDArray mean(NDArray states) {
        long chunks = states.getShape().get(0);
        return states.reshape(chunks, -1).mean(new int[] {1}, true).reshape(chunks, 1, 1);
    }
}
