package io.percolate.pipeline.training.tuning;

import java.util.List;

/** Which layers of a U-Net low-rank updates change. */
public enum LoraTargets {
    /** The projections of self- and cross-attention. */
    ATTENTION("to_q", "to_k", "to_v", "to_out.0"),
    /** The feed-forward layers of transformer blocks. */
    FEED_FORWARD("net.0.proj", "net.2"),
    /** What brings feature maps into transformers, and back. */
    PROJECTIONS("proj_in", "proj_out"),
    /** The convolutions of residual blocks. */
    CONVOLUTIONS("conv1", "conv2");

    private final List<String> names;

    LoraTargets(String... names) {
        this.names = List.of(names);
    }

    /** What the layers are called at their place. */
    List<String> names() {
        return names;
    }

    /** Whether {@code layer}, a dotted name, is one of these. */
    boolean has(String layer) {
        return names.stream().anyMatch(name -> ("." + layer).endsWith("." + name));
    }
}
