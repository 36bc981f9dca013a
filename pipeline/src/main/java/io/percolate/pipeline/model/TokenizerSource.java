package io.percolate.pipeline.model;

import io.percolate.conditioning.tokenizer.BytePairVocabulary;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Where a tokenizer comes from. */
public sealed interface TokenizerSource {

    /** A new tokenizer, which whoever asks for it closes. */
    default ClipTokenizer open() {
        return open(UnaryOperator.identity());
    }

    /** The same with a changed vocabulary. */
    ClipTokenizer open(UnaryOperator<BytePairVocabulary> change);

    /** Writes the tokenizer into {@code folder}, unless it is a folder already. */
    default void save(Path folder) {}

    /** A tokenizer's folder. */
    record Folder(Path path) implements TokenizerSource {

        @Override
        public ClipTokenizer open(UnaryOperator<BytePairVocabulary> change) {
            return ClipTokenizer.load(path, change);
        }
    }

    /** CLIP's own vocabulary, with special tokens that differ between its publishers. */
    record Clip(SpecialTokens special) implements TokenizerSource {

        @Override
        public ClipTokenizer open(UnaryOperator<BytePairVocabulary> change) {
            return new ClipTokenizer(change.apply(BytePairVocabulary.clip()), special);
        }

        @Override
        public void save(Path folder) {
            BytePairVocabulary.clip().save(folder, special);
        }
    }
}
