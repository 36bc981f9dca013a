package io.percolate.conditioning.encoder;

import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.TokenIds;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;

/**
 * The shape of a {@link ClipTextEncoder}: the options of transformers' {@code CLIPTextConfig}.
 *
 * @param vocabularySize rows of the token table
 * @param width D, the width of every state
 * @param innerWidth width inside the feed-forward layers
 * @param layerCount number of transformer layers
 * @param headCount number of attention heads D is split into
 * @param positionCount the largest L
 * @param activation the feed-forward layers' non-linearity
 * @param layerNormEps eps of every layer normalisation
 * @param projection what becomes of the pooled state
 * @param tokens the ids of the special tokens
 */
public record TextEncoderConfig(
        int vocabularySize,
        int width,
        int innerWidth,
        int layerCount,
        int headCount,
        int positionCount,
        Activation activation,
        double layerNormEps,
        Projection projection,
        TokenIds tokens) {

    public TextEncoderConfig {
        requirePositive("vocab_size", vocabularySize);
        requirePositive("hidden_size", width);
        requirePositive("intermediate_size", innerWidth);
        requirePositive("num_hidden_layers", layerCount);
        requirePositive("num_attention_heads", headCount);
        requirePositive("max_position_embeddings", positionCount);
        requirePositive("projection_dim", projection.width());
        if (width % headCount != 0) {
            throw new IllegalArgumentException(
                    "hidden_size " + width + " cannot be split into " + headCount + " heads: change one of them");
        }
        if (!(layerNormEps > 0)) {
            throw new IllegalArgumentException("layer_norm_eps is " + layerNormEps + " but must be positive");
        }
    }

    /**
     * The linear layer after pooling.
     *
     * @param present whether there is one; a {@code CLIPTextModel} has none and names a width all the same
     * @param width its width
     */
    public record Projection(boolean present, int width) {

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
        return new TextEncoderConfig(
                tokenizer.vocabularySize(),
                width,
                4 * width,
                layerCount,
                headCount,
                tokenizer.maxLength(),
                Activation.GELU,
                1e-5,
                Projection.to(width),
                tokenizer.tokenIds());
    }

    /** Reads a published {@code config.json} of a text encoder, or of a whole CLIP. */
    public static TextEncoderConfig read(JsonConfig json) {
        return TextEncoderJson.read(json);
    }

    /** Writes a {@code config.json} that {@link #read} reads; {@code type} is that of the weights beside it. */
    public void write(Path file, ElementType type) {
        TextEncoderJson.write(this, type).write(file);
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + " but must be at least 1");
        }
    }
}
