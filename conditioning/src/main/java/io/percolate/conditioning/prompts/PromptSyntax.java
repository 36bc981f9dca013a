package io.percolate.conditioning.prompts;

import io.percolate.conditioning.tokenizer.ClipTokenizer;
import java.util.List;

/** How a prompt is read. */
public enum PromptSyntax {
    /** Every character is text, as in diffusers. A prompt that is too long is cut, with a warning. */
    PLAIN {
        @Override
        public List<PromptChunk> read(String prompt, ClipTokenizer tokenizer) {
            return List.of(PromptChunk.plain(tokenizer.encode(prompt)));
        }
    },

    /**
     * {@code (word:1.3)} weighs a word, {@code (word)} by 1.1 and {@code [word]} by 1/1.1, each as often as it
     * is nested; a backslash takes a bracket's meaning away. A long prompt is read in chunks, and {@code BREAK}
     * starts a new one.
     */
    WEIGHTED {
        @Override
        public List<PromptChunk> read(String prompt, ClipTokenizer tokenizer) {
            return new PromptChunker(tokenizer).chunks(PromptWeights.parse(prompt));
        }
    };

    /** The chunks of {@code prompt}, at least one. */
    public abstract List<PromptChunk> read(String prompt, ClipTokenizer tokenizer);
}
