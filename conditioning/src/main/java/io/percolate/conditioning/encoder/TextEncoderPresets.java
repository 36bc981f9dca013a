package io.percolate.conditioning.encoder;

import io.percolate.conditioning.encoder.TextEncoderConfig.Projection;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import io.percolate.conditioning.tokenizer.TokenIds;

/** The published shapes. */
final class TextEncoderPresets {

    private static final int WORDS = 49408;
    private static final TokenIds CLIP = new TokenIds(49406, 49407, 49407);
    private static final TokenIds OPEN_CLIP = new TokenIds(49406, 49407, 0);

    private TextEncoderPresets() {}

    static TextEncoderConfig clipL() {
        return of(768, 12, 12, Activation.QUICK_GELU, Projection.none(768), CLIP);
    }

    static TextEncoderConfig openClipH() {
        return of(1024, 23, 16, Activation.GELU, Projection.none(512), OPEN_CLIP);
    }

    static TextEncoderConfig openClipG() {
        return of(1280, 32, 20, Activation.GELU, Projection.to(1280), OPEN_CLIP);
    }

    private static TextEncoderConfig of(
            int width, int layers, int heads, Activation activation, Projection projection, TokenIds tokens) {
        int positions = SpecialTokens.CLIP_LENGTH;
        return new TextEncoderConfig(
                WORDS, width, 4 * width, layers, heads, positions, activation, 1e-5, projection, tokens);
    }
}
