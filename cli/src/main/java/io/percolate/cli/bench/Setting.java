package io.percolate.cli.bench;

import io.percolate.nn.engine.Precision;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a step is measured.
 *
 * @param precision what the network computes in; a training keeps its weights in float32
 * @param batch samples of a step, the subject's usual number if absent
 * @param latent size of the latents, the shape's own if absent
 * @param steps how many are timed
 * @param gradientCheckpointing whether a training computes blocks again instead of keeping what they took
 */
public record Setting(
        Precision precision, OptionalInt batch, Optional<LatentSize> latent, int steps, boolean gradientCheckpointing) {

    public Setting {
        if (steps < 1) {
            throw new IllegalArgumentException(steps + " steps: time 1 or more");
        }
        if (batch.isPresent() && batch.getAsInt() < 1) {
            throw new IllegalArgumentException("a batch of " + batch.getAsInt() + ": give 1 or more");
        }
    }
}
