package io.percolate.pipeline.training.autoencoder;

import io.percolate.vae.VaeLoss;
import io.percolate.vae.losses.Equivariance;
import java.util.Optional;

/**
 * What an autoencoder is trained to do.
 *
 * @param loss what reconstructions cost
 * @param equivariance what is done to latents and images before they are compared
 * @param adversary the discriminator that they are to deceive
 */
public record VaeObjective(VaeLoss loss, Equivariance equivariance, Optional<Adversary> adversary) {

    /** Reconstruction alone. */
    public static VaeObjective of(VaeLoss loss) {
        return new VaeObjective(loss, Equivariance.NONE, Optional.empty());
    }

    /** The discriminator, if it takes part in step {@code step}. */
    Optional<Adversary> adversaryAt(long step) {
        return adversary.filter(opponent -> opponent.isActive(step));
    }
}
