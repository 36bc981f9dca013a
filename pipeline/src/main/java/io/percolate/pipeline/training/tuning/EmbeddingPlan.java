package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.training.recipe.RecipeSection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A new token (Gal et al. 2022): the section {@code embedding} of a recipe.
 *
 * @param token what it is called in prompts
 * @param vectors how many vectors it stands for, 1 to 8
 * @param word whose vectors they are at first: something close to what the token is to mean
 * @param templates what images are called that no caption with the token has; {@code {}} stands for it
 */
public record EmbeddingPlan(String token, int vectors, String word, List<String> templates) implements AdaptationPlan {

    private static final int MOST_VECTORS = 8;
    private static final String START = "start.safetensors";
    private static final List<String> TEMPLATES = List.of(
            "a photo of a {}",
            "a rendering of a {}",
            "a cropped photo of the {}",
            "the photo of a {}",
            "a close-up photo of a {}",
            "a bright photo of the {}",
            "a good photo of a {}",
            "a depiction of the {}");

    public EmbeddingPlan {
        templates = List.copyOf(templates);
        RecipeSection.require(vectors >= 1 && vectors <= MOST_VECTORS, "vectors", vectors);
        requireText("token", token);
        requireText("word", word);
        if (templates.isEmpty() || templates.stream().anyMatch(template -> !template.contains("{}"))) {
            throw new IllegalArgumentException("templates " + templates + ": each needs {} where the token goes");
        }
    }

    private static void requireText(String key, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(key + " is blank: give it some letters");
        }
    }

    /** One vector that begins as that of {@code word}. */
    static EmbeddingPlan of(String token, String word) {
        return new EmbeddingPlan(token, 1, word, TEMPLATES);
    }

    /** The same with so many vectors. */
    public EmbeddingPlan withVectors(int count) {
        return new EmbeddingPlan(token, count, word, templates);
    }

    @Override
    public String section() {
        return "embedding";
    }

    @Override
    public String file() {
        return "learned_embeds.safetensors";
    }

    @Override
    public EmbeddingPlan read(JsonConfig section) {
        return new EmbeddingPlan(
                section.string("token", token),
                section.integer("vectors", vectors),
                section.string("word", word),
                section.strings("templates", templates));
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("token", token, "vectors", vectors, "word", word, "templates", templates);
    }

    @Override
    public ImageEntry captioned(ImageEntry entry) {
        List<String> own = entry.captions().stream()
                .filter(caption -> caption.contains(token))
                .toList();
        return entry.withCaptions(
                own.isEmpty()
                        ? templates.stream()
                                .map(template -> template.replace("{}", token))
                                .toList()
                        : own);
    }

    @Override
    public boolean trainsText() {
        return true;
    }

    /** The base with the token among its tokens. */
    @Override
    public LoadOptions opening(LoadOptions options, BaseSource source, Path run) {
        Path start = run.resolve(START);
        try (BaseModel base = BaseModel.open(source, options, Precision.FP32)) {
            if (base.text().isEmpty()) {
                throw new IllegalArgumentException(
                        base.name() + ": this model has no text encoder to learn a token for");
            }
            new FirstVectors(word, vectors).of(base).write(start, token);
        }
        return options.withEmbedding(start, token);
    }

    @Override
    public Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts) {
        return new EmbeddingAdaptation(this, base);
    }
}
