package io.percolate.diffusion.unet;

import org.jspecify.annotations.Nullable;

/** The mid block of a U-Net: what stands at the lowest resolution, between the way down and the way up. */
public enum MidBlockType {
    /** Nothing, as in some distilled models. */
    NONE(null, 0, BlockAttention.NONE),
    /** One residual block. */
    RESNET("UNetMidBlock2D", 1, BlockAttention.NONE),
    /** Two residual blocks. */
    RESNETS("UNetMidBlock2D", 2, BlockAttention.NONE),
    /** Attention among the pixels between two residual blocks. */
    PIXELS("UNetMidBlock2D", 2, BlockAttention.PIXELS),
    /** A transformer that attends to the context between two residual blocks. */
    CONTEXT("UNetMidBlock2DCrossAttn", 2, BlockAttention.CONTEXT);

    private final @Nullable String className;
    private final int resnets;
    private final BlockAttention attention;

    MidBlockType(@Nullable String className, int resnets, BlockAttention attention) {
        this.className = className;
        this.resnets = resnets;
        this.attention = attention;
    }

    /** Its published name, null for nothing. Several share a name; other options of a config tell them apart. */
    public @Nullable String className() {
        return className;
    }

    /** The same, attending among its own pixels where it attended to the context. */
    MidBlockType withoutContext() {
        return this == CONTEXT ? PIXELS : this;
    }

    int resnets() {
        return resnets;
    }

    BlockAttention attention() {
        return attention;
    }
}
