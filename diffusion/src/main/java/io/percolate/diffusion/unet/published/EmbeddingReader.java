package io.percolate.diffusion.unet.published;

import static io.percolate.diffusion.unet.published.ConfigKeys.require;

import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.EmbeddingConfig;
import io.percolate.diffusion.unet.EmbeddingConfig.PooledText;
import io.percolate.diffusion.unet.EmbeddingConfig.Time;
import io.percolate.files.JsonConfig;
import java.util.Optional;
import java.util.OptionalInt;

/** The embeddings of a published config: of the timestep, of classes, of pooled text. */
final class EmbeddingReader {

    private static final String INPUT_WIDTH = "projection_class_embeddings_input_dim";

    private final JsonConfig json;
    private final ConfigKeys keys;

    EmbeddingReader(JsonConfig json) {
        this.json = json;
        keys = new ConfigKeys(json);
    }

    EmbeddingConfig read() {
        return new EmbeddingConfig(time(), classes(), pooledText());
    }

    private Time time() {
        return new Time(
                json.flag("flip_sin_to_cos", true),
                json.integer("freq_shift", 0),
                keys.optional("time_embedding_dim"),
                keys.optional("time_cond_proj_dim"));
    }

    private ClassLabels classes() {
        if (json.isNull("class_embed_type")) {
            OptionalInt count = keys.optional("num_class_embeds");
            return count.isPresent() ? new ClassLabels.Table(count.getAsInt()) : new ClassLabels.None();
        }
        String type = json.string("class_embed_type");
        return switch (type) {
            case "timestep" -> new ClassLabels.Number();
            case "identity" -> new ClassLabels.Identity();
            case "projection" -> new ClassLabels.Projection(json.integer(INPUT_WIDTH));
            case "simple_projection" -> new ClassLabels.LinearProjection(json.integer(INPUT_WIDTH));
            default -> throw new IllegalArgumentException("class_embed_type " + type + " is not supported");
        };
    }

    private Optional<PooledText> pooledText() {
        if (json.isNull("addition_embed_type")) {
            return Optional.empty();
        }
        String type = json.string("addition_embed_type");
        require(type.equals("text_time"), "addition_embed_type is " + type + " but only text_time is supported");
        return Optional.of(new PooledText(json.integer("addition_time_embed_dim"), json.integer(INPUT_WIDTH)));
    }
}
