package io.percolate.conditioning.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.util.List;
import java.util.Optional;

/**
 * One prompt as the text encoder reads it: start token, words, end token, padding.
 *
 * @param ids the L token ids, L being the encoder's number of positions
 * @param count how many ids come before the padding, start and end token included
 * @param cut what did not fit, if the prompt was too long
 */
public record Tokens(List<Integer> ids, int count, Optional<Cut> cut) {

    public Tokens {
        ids = List.copyOf(ids);
        if (count < 2 || count > ids.size()) {
            throw new IllegalArgumentException(count + " tokens before the padding, but there are " + ids.size()
                    + " tokens of which two are fixed");
        }
    }

    /**
     * The end of a prompt that was too long.
     *
     * @param position index of the first character that was left out
     * @param text the text from there to the end
     */
    public record Cut(int position, String text) {

        private static final int SHOWN = 200;

        /** The text in quotes, itself cut to a length that a log can bear. */
        @Override
        public String toString() {
            boolean all = text.length() <= SHOWN;
            return "\"" + (all ? text : text.substring(0, SHOWN)) + "\"" + (all ? "" : " and more");
        }
    }

    /** The ids of all {@code prompts}, which must be of equal length, as int64 (B,L). */
    public static NDArray batch(List<Tokens> prompts, NDManager manager) {
        long[] ids = prompts.stream()
                .flatMap(tokens -> tokens.ids().stream())
                .mapToLong(Integer::longValue)
                .toArray();
        return TorchArray.of(manager, ids, new Shape(prompts.size(), ids.length / prompts.size()));
    }
}
