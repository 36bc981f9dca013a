package io.percolate.conditioning.encoder;

import io.percolate.conditioning.encoder.TextEncoderConfig.Projection;
import io.percolate.conditioning.encoder.TextEncoderConfig.Transformer;
import io.percolate.conditioning.encoder.TextEncoderConfig.Vocabulary;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import io.percolate.conditioning.tokenizer.TokenIds;

/** The published shapes. */
final class TextEncoderPresets {

    private static final Vocabulary CLIP = vocabulary(49407);
    private static final Vocabulary OPEN_CLIP = vocabulary(0);

    private TextEncoderPresets() {}

    static TextEncoderConfig clipL() {
        Transformer transformer = Transformer.of(768, 12, 12, Activation.QUICK_GELU);
        return new TextEncoderConfig(CLIP, transformer, Projection.none(768));
    }

    static TextEncoderConfig openClipH() {
        Transformer transformer = Transformer.of(1024, 23, 16, Activation.GELU);
        return new TextEncoderConfig(OPEN_CLIP, transformer, Projection.none(512));
    }

    static TextEncoderConfig openClipG() {
        return TextEncoderConfig.projected(OPEN_CLIP, Transformer.of(1280, 32, 20, Activation.GELU));
    }

    private static Vocabulary vocabulary(int padding) {
        return new Vocabulary(49408, SpecialTokens.CLIP_LENGTH, new TokenIds(49406, 49407, padding));
    }
}
