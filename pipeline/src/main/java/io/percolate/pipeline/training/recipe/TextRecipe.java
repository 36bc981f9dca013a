package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.encoder.Activation;
import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.encoder.TextEncoderConfig.Transformer;
import io.percolate.conditioning.encoder.TextEncoderConfig.Vocabulary;
import io.percolate.conditioning.tokenizer.TokenIds;
import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * The text encoder that is trained along with a denoiser, on a vocabulary learned from the captions.
 *
 * @param vocabularySize tokens of the vocabulary
 * @param maxLength tokens of a prompt, start and end included
 * @param width width of the transformer
 * @param layers layers of the transformer
 * @param heads attention heads of each layer
 * @param captionDropout share of the captions replaced by the empty one, for classifier-free guidance
 */
public record TextRecipe(int vocabularySize, int maxLength, int width, int layers, int heads, double captionDropout) {

    static TextRecipe from(JsonConfig section) {
        TextRecipe recipe = new TextRecipe(
                section.integer("vocabulary_size", 6000),
                section.integer("max_length", 24),
                section.integer("width", 256),
                section.integer("layers", 3),
                section.integer("heads", 4),
                section.number("caption_dropout", 0.1));
        section.refuseUnread(Map.of());
        return recipe;
    }

    /** The encoder's shape with the largest vocabulary allowed, its last two tokens being start and end. */
    TextEncoderConfig encoder() {
        TokenIds tokens = new TokenIds(vocabularySize - 2, vocabularySize - 1, vocabularySize - 1);
        return TextEncoderConfig.projected(
                new Vocabulary(vocabularySize, maxLength, tokens),
                Transformer.of(width, layers, heads, Activation.GELU));
    }
}
