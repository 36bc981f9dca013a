package io.percolate.conditioning.encoder;

import io.percolate.conditioning.encoder.TextEncoderConfig.Projection;
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

/** A text encoder's {@code config.json}, as transformers writes it. */
final class TextEncoderJson {

    private static final String PROJECTED = "CLIPTextModelWithProjection";

    private TextEncoderJson() {}

    /** Reads the config of a text encoder, or the text part of a whole CLIP's. */
    static TextEncoderConfig read(JsonConfig json) {
        boolean whole = json.section("text_config").isPresent();
        JsonConfig text = json.section("text_config").orElse(json);
        String type = text.string("model_type", "clip_text_model");
        if (!type.startsWith("clip")) {
            throw new WeightsException(json.source() + ": a " + type + ", but only CLIP text encoders can be read");
        }
        boolean projected = whole || json.strings("architectures", List.of()).contains(PROJECTED);
        int projectionWidth = (whole ? json : text).integer("projection_dim", 512);
        try {
            return read(text, new Projection(projected, projectionWidth));
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    private static TextEncoderConfig read(JsonConfig text, Projection projection) {
        return new TextEncoderConfig(
                text.integer("vocab_size", 49408),
                text.integer("hidden_size", 512),
                text.integer("intermediate_size", 2048),
                text.integer("num_hidden_layers", 12),
                text.integer("num_attention_heads", 8),
                text.integer("max_position_embeddings", SpecialTokens.CLIP_LENGTH),
                Activation.of(text.string("hidden_act", "quick_gelu")),
                text.number("layer_norm_eps", 1e-5),
                projection,
                new TokenIds(
                        text.integer("bos_token_id", 49406),
                        text.integer("eos_token_id", 49407),
                        text.integer("pad_token_id", 1)));
    }

    /** The config with the keys of published ones; {@code type} is that of the weights beside it. */
    static JsonConfig write(TextEncoderConfig config, ElementType type) {
        Map<String, Object> json = new HashMap<>();
        json.put("architectures", List.of(config.projection().present() ? PROJECTED : "CLIPTextModel"));
        json.put("model_type", "clip_text_model");
        json.put("transformers_version", DiffusersLayout.TRANSFORMERS_VERSION);
        json.put("dtype", torchName(type));
        json.put("attention_dropout", 0.0);
        json.put("initializer_factor", 1.0);
        json.put("initializer_range", 0.02);
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.width());
        json.put("intermediate_size", config.innerWidth());
        json.put("num_hidden_layers", config.layerCount());
        json.put("num_attention_heads", config.headCount());
        json.put("max_position_embeddings", config.positionCount());
        json.put("hidden_act", config.activation().published());
        json.put("layer_norm_eps", config.layerNormEps());
        json.put("projection_dim", config.projection().width());
        json.put("bos_token_id", config.tokens().start());
        json.put("eos_token_id", config.tokens().end());
        json.put("pad_token_id", config.tokens().padding());
        return JsonConfig.of(json);
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
