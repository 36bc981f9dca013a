package io.percolate.cli.generate;

import io.percolate.command.options.ConstantName;
import io.percolate.diffusion.samplers.published.SamplerKind;

/** Reads the name of a sampler, such as {@code dpmpp_2m}. */
final class SamplerName extends ConstantName<SamplerKind> {

    SamplerName() {
        super(SamplerKind.class, "sampler");
    }
}
