package io.percolate.pipeline.model;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.tokenizer.BytePairVocabulary;
import io.percolate.weights.inversion.TextualInversion;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.ExtendedTable;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorMap;
import io.percolate.weights.tensors.WeightsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The textual inversions of a model: new tokens for its tokenizers, and their vectors for its text encoders. */
final class LearnedTokens {

    private static final String TABLE = "text_model.embeddings.token_embedding.weight";

    private final List<TextualInversion> inversions;

    private LearnedTokens(List<TextualInversion> inversions) {
        this.inversions = inversions;
    }

    /**
     * Opens the files, which are closed with {@code manager}.
     *
     * @throws WeightsException if one fits no text encoder of {@code text}
     */
    static LearnedTokens open(List<LearnedEmbedding> embeddings, Map<ModelPart, TextPart> text, NDManager manager) {
        List<TextualInversion> opened = new ArrayList<>();
        for (LearnedEmbedding embedding : embeddings) {
            TextualInversion inversion = TextualInversion.open(embedding.file(), embedding.token());
            manager.attachInternal("textual inversion " + opened.size(), inversion);
            requireFit(inversion, text);
            opened.add(inversion);
        }
        return new LearnedTokens(opened);
    }

    private static void requireFit(TextualInversion inversion, Map<ModelPart, TextPart> text) {
        boolean fits = text.entrySet().stream()
                .anyMatch(part -> inversion.vectorCount(
                                part.getKey(), part.getValue().encoder().width())
                        > 0);
        if (!fits) {
            throw new WeightsException(inversion.source() + ": vectors of " + inversion.widths()
                    + " numbers, but the text encoders of this model have "
                    + text.values().stream().map(part -> part.encoder().width()).toList()
                    + ": it was learned for another family, take one that was learned for this");
        }
    }

    /** What there is for one text encoder. */
    For of(ModelPart part, TextEncoderConfig encoder) {
        List<TextualInversion> fitting = inversions.stream()
                .filter(inversion -> inversion.vectorCount(part, encoder.width()) > 0)
                .toList();
        return new For(part, encoder, fitting);
    }

    /**
     * What one text encoder gets.
     *
     * @param part which of the model's
     * @param own its shape without
     * @param inversions those that have vectors for it
     */
    record For(ModelPart part, TextEncoderConfig own, List<TextualInversion> inversions) {

        /** The encoder's shape, with more tokens. */
        TextEncoderConfig encoder() {
            int more = inversions.stream().mapToInt(this::count).sum();
            return own.withVocabularySize(own.vocabularySize() + more);
        }

        /** The tokens of its tokenizer, and the new ones behind all rows of the encoder's table. */
        BytePairVocabulary vocabulary(BytePairVocabulary usual) {
            BytePairVocabulary vocabulary = usual;
            int next = own.vocabularySize();
            for (TextualInversion inversion : inversions) {
                vocabulary = vocabulary.withLearned(inversion.token(), count(inversion), next);
                next += count(inversion);
            }
            return vocabulary;
        }

        /** Its tensors {@code dict} with the vectors behind its table. */
        StateDict tensors(StateDict dict) {
            return TensorMap.changed(dict, tensor -> tensor.info().name().equals(TABLE) ? extended(tensor) : tensor);
        }

        private StoredTensor extended(StoredTensor table) {
            StoredTensor extended = table;
            for (TextualInversion inversion : inversions) {
                extended = new ExtendedTable(
                        extended, count(inversion), manager -> inversion.vectors(part, own.width(), manager));
            }
            return extended;
        }

        private int count(TextualInversion inversion) {
            return inversion.vectorCount(part, own.width());
        }
    }
}
