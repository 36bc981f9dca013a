package io.percolate.vae;

import io.percolate.nn.layers.Downsample;
import io.percolate.nn.layers.ShortcutDownsample;
import io.percolate.nn.layers.ShortcutUpsample;
import io.percolate.nn.layers.Upsample;

/** How an autoencoder gets from one level to the next. */
public enum Resizing {
    /** By a convolution alone, which keeps the width: Stable Diffusion's autoencoders. */
    CONVOLUTION("DownEncoderBlock2D", "UpDecoderBlock2D") {
        @Override
        int widthAfter(int width, int next) {
            return width;
        }

        @Override
        LevelChange down(int width, int next) {
            Downsample layer = new Downsample(width, Downsample.Padding.RIGHT_AND_BOTTOM);
            return new LevelChange(layer, layer::forward);
        }

        @Override
        LevelChange up(int width, int next) {
            Upsample layer = new Upsample(width);
            return new LevelChange(layer, layer::forward);
        }

        @Override
        void require(int width, int next) {}
    },
    /**
     * By a convolution beside a shortcut without parameters (Chen et al. 2024, section 3.2), which keeps what little is
     * left of an image at high factors: squares of pixels become channels, or channels squares of pixels.
     */
    SHORTCUT("ShortcutDownEncoderBlock2D", "ShortcutUpDecoderBlock2D") {
        @Override
        int widthAfter(int width, int next) {
            return next;
        }

        @Override
        LevelChange down(int width, int next) {
            ShortcutDownsample layer = new ShortcutDownsample(width, next);
            return new LevelChange(layer, layer::forward);
        }

        @Override
        LevelChange up(int width, int next) {
            ShortcutUpsample layer = new ShortcutUpsample(width, next);
            return new LevelChange(layer, layer::forward);
        }

        @Override
        void require(int width, int next) {
            if (next % PIXELS != 0 || PIXELS * width % next != 0) {
                throw new IllegalArgumentException("block_out_channels has " + next + " after " + width
                        + ", but with shortcuts a width must be a multiple of 4 and divide four times the one before");
            }
        }
    };

    private static final int PIXELS = 4;

    private final String downBlock;
    private final String upBlock;

    Resizing(String downBlock, String upBlock) {
        this.downBlock = downBlock;
        this.upBlock = upBlock;
    }

    /** What configs call a level of the encoder; readers that do not know it refuse it. */
    String downBlock() {
        return downBlock;
    }

    /** What configs call a level of the decoder. */
    String upBlock() {
        return upBlock;
    }

    /** Channels of what a level of {@code width} hands on to one of {@code next}. */
    abstract int widthAfter(int width, int next);

    /** Half the size, from a level of {@code width} to one of {@code next}. */
    abstract LevelChange down(int width, int next);

    /** Twice the size, from a level of {@code width} to one of {@code next}. */
    abstract LevelChange up(int width, int next);

    /** Fails if an encoder cannot go from a level of {@code width} to one of {@code next}, and its decoder back. */
    abstract void require(int width, int next);
}
