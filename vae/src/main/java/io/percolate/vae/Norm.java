package io.percolate.vae;

import io.percolate.nn.layers.GroupNorm;
import io.percolate.nn.layers.ResnetBlock;

/** Group normalisation as all layers of the autoencoder use it. */
final class Norm {

    static final double EPS = 1e-6;

    private Norm() {}

    static GroupNorm of(VaeConfig config, int channels) {
        return new GroupNorm(config.blocks().normGroups(), channels, EPS);
    }

    /** Residual blocks without a time embedding. */
    static ResnetBlock.Style style(VaeConfig config) {
        return new ResnetBlock.Style(config.blocks().normGroups(), EPS, 0);
    }
}
