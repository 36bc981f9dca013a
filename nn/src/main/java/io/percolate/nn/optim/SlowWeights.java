package io.percolate.nn.optim;

import java.util.Optional;

/**
 * What follows the weights of a training.
 *
 * @param ema how the averaged weights follow: every step, or every outer step if there are such, which then counts as
 *     the steps that it stands for
 * @param outer how the weights themselves are pulled back every few steps; empty for not at all
 */
public record SlowWeights(EmaDecay ema, Optional<OuterConfig> outer) {

    /** Averaged weights alone. */
    public SlowWeights(EmaDecay ema) {
        this(ema, Optional.empty());
    }
}
