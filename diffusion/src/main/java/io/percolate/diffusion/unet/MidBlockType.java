package io.percolate.diffusion.unet;

/** What stands at the lowest resolution, between the way down and the way up. */
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

    private final String className;
    private final int resnets;
    private final BlockAttention attention;

    MidBlockType(String className, int resnets, BlockAttention attention) {
        this.className = className;
        this.resnets = resnets;
        this.attention = attention;
    }

    /** Its published name, null for nothing; which of those of one name it is, other options say. */
    public String className() {
        return className;
    }

    int resnets() {
        return resnets;
    }

    BlockAttention attention() {
        return attention;
    }
}
