package io.percolate.diffusion.unet;

/** What stands at the lowest resolution, between the way down and the way up. */
public enum Middle {
    /** Nothing, as in some distilled models. */
    NONE(0, StageAttention.NONE),
    /** One residual block. */
    RESNET(1, StageAttention.NONE),
    /** Two residual blocks. */
    RESNETS(2, StageAttention.NONE),
    /** Attention among the pixels between two residual blocks. */
    PIXELS(2, StageAttention.PIXELS),
    /** A transformer that attends to the context between two residual blocks. */
    CONTEXT(2, StageAttention.CONTEXT);

    private final int resnets;
    private final StageAttention attention;

    Middle(int resnets, StageAttention attention) {
        this.resnets = resnets;
        this.attention = attention;
    }

    int resnets() {
        return resnets;
    }

    StageAttention attention() {
        return attention;
    }
}
