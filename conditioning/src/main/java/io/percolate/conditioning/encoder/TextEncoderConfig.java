package io.percolate.conditioning.encoder;

import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.TokenIds;

/**
 * The shape of a {@link ClipTextEncoder}: the options of transformers' {@code CLIPTextConfig}.
 *
 * @param vocabulary what it reads
 * @param transformer its layers
 * @param projection what becomes of the pooled state
 */
public record TextEncoderConfig(Vocabulary vocabulary, Transformer transformer, Projection projection) {

    /**
     * What the encoder reads.
     *
     * @param size rows of the token table
     * @param positions the largest L
     * @param tokens the ids of the special tokens
     */
    public record Vocabulary(int size, int positions, TokenIds tokens) {

        public Vocabulary {
            requirePositive("vocab_size", size);
            requirePositive("max_position_embeddings", positions);
        }

        /** What {@code tokenizer} writes. */
        public static Vocabulary of(ClipTokenizer tokenizer) {
            return new Vocabulary(tokenizer.vocabularySize(), tokenizer.maxLength(), tokenizer.tokenIds());
        }
    }

    /**
     * The layers of the encoder.
     *
     * @param width D, the width of every state
     * @param innerWidth width inside the feed-forward layers
     * @param layerCount number of layers
     * @param headCount number of attention heads D is split into
     * @param activation the feed-forward layers' non-linearity
     * @param layerNormEps eps of every layer normalisation
     */
    public record Transformer(
            int width, int innerWidth, int layerCount, int headCount, Activation activation, double layerNormEps) {

        public Transformer {
            requirePositive("hidden_size", width);
            requirePositive("intermediate_size", innerWidth);
            requirePositive("num_hidden_layers", layerCount);
            requirePositive("num_attention_heads", headCount);
            if (width % headCount != 0) {
                throw new IllegalArgumentException(
                        "hidden_size " + width + " cannot be split into " + headCount + " heads: change one of them");
            }
            if (!(layerNormEps > 0)) {
                throw new IllegalArgumentException("layer_norm_eps is " + layerNormEps + " but must be positive");
            }
        }

        /** Feed-forward layers four times as wide as the states, and the eps of every published CLIP. */
        public static Transformer of(int width, int layerCount, int headCount, Activation activation) {
            return new Transformer(width, 4 * width, layerCount, headCount, activation, 1e-5);
        }
    }

    /**
     * The linear layer after pooling.
     *
     * @param present whether there is one; a {@code CLIPTextModel} has none and names a width all the same
     * @param width its width
     */
    public record Projection(boolean present, int width) {

        public Projection {
            requirePositive("projection_dim", width);
        }

        /** No projection, as in {@code CLIPTextModel}. */
        public static Projection none(int width) {
            return new Projection(false, width);
        }

        /** A projection to {@code width}, as in {@code CLIPTextModelWithProjection}. */
        public static Projection to(int width) {
            return new Projection(true, width);
        }
    }

    /** CLIP ViT-L/14 without a projection: the text encoder of Stable Diffusion 1 and the first of XL. */
    public static TextEncoderConfig clipL() {
        return TextEncoderPresets.clipL();
    }

    /** OpenCLIP ViT-H/14 without its last layer: the text encoder of Stable Diffusion 2. */
    public static TextEncoderConfig openClipH() {
        return TextEncoderPresets.openClipH();
    }

    /** OpenCLIP ViT-bigG/14: the second text encoder of Stable Diffusion XL. */
    public static TextEncoderConfig openClipG() {
        return TextEncoderPresets.openClipG();
    }

    /** A small encoder with a projection of its own width, for models trained from scratch on {@code tokenizer}. */
    public static TextEncoderConfig of(ClipTokenizer tokenizer, int width, int layerCount, int headCount) {
        return projected(Vocabulary.of(tokenizer), Transformer.of(width, layerCount, headCount, Activation.GELU));
    }

    /** An encoder with a projection of its own width. */
    public static TextEncoderConfig projected(Vocabulary vocabulary, Transformer transformer) {
        return new TextEncoderConfig(vocabulary, transformer, Projection.to(transformer.width));
    }

    /** The same with another number of rows in the token table. */
    public TextEncoderConfig withVocabularySize(int size) {
        return new TextEncoderConfig(
                new Vocabulary(size, vocabulary.positions, vocabulary.tokens), transformer, projection);
    }

    /** Rows of the token table. */
    public int vocabularySize() {
        return vocabulary.size;
    }

    /** The largest L. */
    public int positionCount() {
        return vocabulary.positions;
    }

    /** D, the width of every state. */
    public int width() {
        return transformer.width;
    }

    /** Number of transformer layers. */
    public int layerCount() {
        return transformer.layerCount;
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + " but must be at least 1");
        }
    }
}
