package io.percolate.command.options;

import io.percolate.diffusion.samplers.published.SamplerKind;

/** Reads the name of a sampler, such as {@code dpmpp_2m}. */
public final class SamplerName extends ConstantName<SamplerKind> {

    public SamplerName() {
        super(SamplerKind.class, "sampler");
    }
}
