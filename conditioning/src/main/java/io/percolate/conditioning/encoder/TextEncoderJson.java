package io.percolate.conditioning.encoder;

import io.percolate.conditioning.encoder.TextEncoderConfig.Projection;
import io.percolate.conditioning.encoder.TextEncoderConfig.Transformer;
import io.percolate.conditioning.encoder.TextEncoderConfig.Vocabulary;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import io.percolate.conditioning.tokenizer.TokenIds;
import io.percolate.files.JsonConfig;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.WeightsException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@link TextEncoderConfig} as the {@code config.json} that transformers writes for a text encoder. */
public final class TextEncoderJson {

    private static final String PROJECTED = "CLIPTextModelWithProjection";

    private TextEncoderJson() {}

    /** Reads the config of a text encoder, or the text part of a whole CLIP's. */
    public static TextEncoderConfig read(JsonConfig json) {
        boolean whole = json.section("text_config").isPresent();
        JsonConfig text = json.section("text_config").orElse(json);
        String type = text.string("model_type", "clip_text_model");
        if (!type.startsWith("clip")) {
            throw new WeightsException(json.source() + ": a " + type + ", but only CLIP text encoders can be read");
        }
        boolean projected = whole || json.strings("architectures", List.of()).contains(PROJECTED);
        try {
            int projectionWidth = (whole ? json : text).integer("projection_dim", 512);
            return read(text, new Projection(projected, projectionWidth));
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    private static TextEncoderConfig read(JsonConfig text, Projection projection) {
        return new TextEncoderConfig(vocabulary(text), transformer(text), projection);
    }

    private static Vocabulary vocabulary(JsonConfig text) {
        return new Vocabulary(
                text.integer("vocab_size", 49408),
                text.integer("max_position_embeddings", SpecialTokens.CLIP_LENGTH),
                new TokenIds(
                        text.integer("bos_token_id", 49406),
                        text.integer("eos_token_id", 49407),
                        text.integer("pad_token_id", 1)));
    }

    private static Transformer transformer(JsonConfig text) {
        return new Transformer(
                text.integer("hidden_size", 512),
                text.integer("intermediate_size", 2048),
                text.integer("num_hidden_layers", 12),
                text.integer("num_attention_heads", 8),
                Activation.of(text.string("hidden_act", "quick_gelu")),
                text.number("layer_norm_eps", 1e-5));
    }

    /** The config with the keys of published ones; {@code type} is that of the weights beside it. */
    public static JsonConfig write(TextEncoderConfig config, ElementType type) {
        Map<String, Object> json = new HashMap<>();
        json.put("architectures", List.of(config.projection().present() ? PROJECTED : "CLIPTextModel"));
        json.put("model_type", "clip_text_model");
        json.put("transformers_version", DiffusersLayout.TRANSFORMERS_VERSION);
        json.put("dtype", torchName(type));
        json.put("attention_dropout", 0.0);
        json.put("initializer_factor", 1.0);
        json.put("initializer_range", 0.02);
        json.put("projection_dim", config.projection().width());
        addVocabulary(json, config.vocabulary());
        addTransformer(json, config.transformer());
        return JsonConfig.of(json);
    }

    private static void addVocabulary(Map<String, Object> json, Vocabulary vocabulary) {
        json.put("vocab_size", vocabulary.size());
        json.put("max_position_embeddings", vocabulary.positions());
        json.put("bos_token_id", vocabulary.tokens().start());
        json.put("eos_token_id", vocabulary.tokens().end());
        json.put("pad_token_id", vocabulary.tokens().padding());
    }

    private static void addTransformer(Map<String, Object> json, Transformer transformer) {
        json.put("hidden_size", transformer.width());
        json.put("intermediate_size", transformer.innerWidth());
        json.put("num_hidden_layers", transformer.layerCount());
        json.put("num_attention_heads", transformer.headCount());
        json.put("hidden_act", transformer.activation().published());
        json.put("layer_norm_eps", transformer.layerNormEps());
    }

    private static String torchName(ElementType type) {
        return switch (type) {
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            case F32 -> "float32";
            default ->
                throw new IllegalArgumentException("text encoders are saved as F32, F16 or BF16, not "
                        + type.name().toLowerCase(Locale.ROOT));
        };
    }
}
