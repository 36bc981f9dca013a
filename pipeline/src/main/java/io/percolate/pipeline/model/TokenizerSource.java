package io.percolate.pipeline.model;

import io.percolate.conditioning.tokenizer.BytePairVocabulary;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import java.nio.file.Path;

/** Where a tokenizer comes from. */
public sealed interface TokenizerSource {

    /** A new tokenizer, which whoever asks for it closes. */
    ClipTokenizer open();

    /** Writes the tokenizer into {@code folder}, unless it is a folder already. */
    default void save(Path folder) {}

    /** A tokenizer's folder. */
    record Folder(Path path) implements TokenizerSource {

        @Override
        public ClipTokenizer open() {
            return ClipTokenizer.load(path);
        }
    }

    /** CLIP's own vocabulary, with special tokens that differ between its publishers. */
    record Clip(SpecialTokens special) implements TokenizerSource {

        @Override
        public ClipTokenizer open() {
            return new ClipTokenizer(BytePairVocabulary.clip(), special);
        }

        @Override
        public void save(Path folder) {
            BytePairVocabulary.clip().save(folder, special);
        }
    }
}
