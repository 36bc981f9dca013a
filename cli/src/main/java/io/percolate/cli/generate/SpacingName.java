package io.percolate.cli.generate;

import io.percolate.command.options.ConstantName;
import io.percolate.diffusion.steps.TimestepSpacing;

/** Reads the name of a timestep spacing, such as {@code trailing}. */
final class SpacingName extends ConstantName<TimestepSpacing> {

    SpacingName() {
        super(TimestepSpacing.class, "spacing");
    }
}
