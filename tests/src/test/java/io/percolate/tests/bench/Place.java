package io.percolate.tests.bench;

import ai.djl.ndarray.types.Shape;

/** A resolution of a U-Net, for an image with guidance: what the operators meet there. */
public enum Place {
    SD15_64(320, 64, 8),
    SD15_32(640, 32, 8),
    SD15_16(1280, 16, 8),
    SD15_8(1280, 8, 8),
    EMBEDDED_16(128, 16, 2),
    EMBEDDED_8(240, 8, 4);

    private static final int BATCH = 2;
    private static final int PROMPT_LENGTH = 77;
    private static final int PROMPT_WIDTH = 768;

    private final int channels;
    private final int side;
    private final int heads;

    Place(int channels, int side, int heads) {
        this.channels = channels;
        this.side = side;
        this.heads = heads;
    }

    /** C, the channels of a feature map and the width of a token. */
    int channels() {
        return channels;
    }

    /** The heads that a token is split into. */
    int heads() {
        return heads;
    }

    /** A feature map (B,C,H,W). */
    Shape pixels() {
        return new Shape(BATCH, channels, side, side);
    }

    /** The same as a sequence (B,HW,C). */
    Shape tokens() {
        return new Shape(BATCH, (long) side * side, channels);
    }

    /** A prompt (B,L,D), of CLIP-L's size. */
    Shape prompt() {
        return new Shape(BATCH, PROMPT_LENGTH, PROMPT_WIDTH);
    }

    /** D of {@link #prompt}. */
    int promptWidth() {
        return PROMPT_WIDTH;
    }
}
