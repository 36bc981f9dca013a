package io.percolate.diffusion.unet;

/** What stands at the lowest resolution, between the way down and the way up. */
public enum Middle {
    /** Nothing, as in some distilled models. */
    NONE(null, 0, StageAttention.NONE),
    /** One residual block. */
    RESNET("UNetMidBlock2D", 1, StageAttention.NONE),
    /** Two residual blocks. */
    RESNETS("UNetMidBlock2D", 2, StageAttention.NONE),
    /** Attention among the pixels between two residual blocks. */
    PIXELS("UNetMidBlock2D", 2, StageAttention.PIXELS),
    /** A transformer that attends to the context between two residual blocks. */
    CONTEXT("UNetMidBlock2DCrossAttn", 2, StageAttention.CONTEXT);

    private final String className;
    private final int resnets;
    private final StageAttention attention;

    Middle(String className, int resnets, StageAttention attention) {
        this.className = className;
        this.resnets = resnets;
        this.attention = attention;
    }

    /** Its published name, null for nothing; which of those of one name it is, other options say. */
    String className() {
        return className;
    }

    int resnets() {
        return resnets;
    }

    StageAttention attention() {
        return attention;
    }
}
