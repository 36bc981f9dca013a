package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.encoder.Activation;
import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.encoder.TextEncoderConfig.Transformer;
import io.percolate.conditioning.encoder.TextEncoderConfig.Vocabulary;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.conditioning.tokenizer.TokenIds;
import io.percolate.conditioning.tokenizer.VocabularyTrainer;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.ImageDataset;
import java.util.Map;

/**
 * A text encoder that is trained along with the denoiser, on a vocabulary learned from the captions: the section {@code
 * text} of a recipe.
 *
 * @param vocabularySize tokens of the vocabulary, at least {@value VocabularyTrainer#TOKENS_WITHOUT_MERGES}
 * @param maxLength tokens of a prompt, start and end included
 * @param width width of the transformer
 * @param layers layers of the transformer
 * @param heads attention heads of each layer
 * @param dropout of captions, for classifier-free guidance, and of their words
 */
public record TextRecipe(int vocabularySize, int maxLength, int width, int layers, int heads, CaptionDropout dropout)
        implements PromptRecipe {

    /** What a recipe has that does not say otherwise: that of the embedded model. */
    public static final TextRecipe DEFAULT = new TextRecipe(5000, 32, 192, 3, 3, new CaptionDropout(0.1));

    public TextRecipe {
        if (vocabularySize < VocabularyTrainer.TOKENS_WITHOUT_MERGES) {
            throw new IllegalArgumentException("text.vocabulary_size " + vocabularySize + ": bytes and marks alone are "
                    + VocabularyTrainer.TOKENS_WITHOUT_MERGES + " tokens, so that is the least");
        }
    }

    static TextRecipe from(JsonConfig section) {
        return new TextRecipe(
                section.integer("vocabulary_size", DEFAULT.vocabularySize),
                section.integer("max_length", DEFAULT.maxLength),
                section.integer("width", DEFAULT.width),
                section.integer("layers", DEFAULT.layers),
                section.integer("heads", DEFAULT.heads),
                new CaptionDropout(
                        section.number("caption_dropout", DEFAULT.dropout.probability()),
                        section.number("word_dropout", DEFAULT.dropout.words())));
    }

    Map<String, Object> values() {
        return Map.of(
                "vocabulary_size", vocabularySize,
                "max_length", maxLength,
                "width", width,
                "layers", layers,
                "heads", heads,
                "caption_dropout", dropout.probability(),
                "word_dropout", dropout.words());
    }

    @Override
    public DiffusionRecipe fit(DiffusionRecipe recipe, ImageDataset dataset) {
        if (!dataset.hasCaptions()) {
            throw new IllegalArgumentException("the recipe's U-Net attends to captions, but " + dataset.folder()
                    + " has none: write some (metadata.jsonl, or a .txt beside each image), or take a UNet2DModel");
        }
        return recipe;
    }

    @Override
    public void addTo(Map<String, Object> recipe) {
        recipe.put("text", values());
    }

    /** The same with other captions left out. */
    public TextRecipe withCaptionDropout(double probability) {
        return new TextRecipe(
                vocabularySize, maxLength, width, layers, heads, new CaptionDropout(probability, dropout.words()));
    }

    /** The encoder's shape with the largest vocabulary allowed, its last two tokens being start and end. */
    TextEncoderConfig encoder() {
        TokenIds tokens = new TokenIds(vocabularySize - 2, vocabularySize - 1, vocabularySize - 1);
        return TextEncoderConfig.projected(
                new Vocabulary(vocabularySize, maxLength, tokens),
                Transformer.of(width, layers, heads, Activation.GELU));
    }
}
