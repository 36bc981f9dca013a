package io.percolate.diffusion.unet;

/** What follows each residual block of a resolution level. */
public enum BlockAttention {
    /** Nothing. */
    NONE(""),
    /** Attention among the pixels (Ho et al. 2020, appendix B). */
    PIXELS("Attn"),
    /** Transformer blocks that also attend to the context (Rombach et al. 2022, section 3.3). */
    CONTEXT("CrossAttn");

    private final String prefix;

    BlockAttention(String prefix) {
        this.prefix = prefix;
    }

    /** Published name of a level with this attention on the way down. */
    public String downBlock() {
        return prefix + "DownBlock2D";
    }

    /** Published name of a level with this attention on the way up. */
    public String upBlock() {
        return prefix + "UpBlock2D";
    }
}
