package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;

/**
 * The weight of a discriminator's judgement beside other losses: as much as makes both change the decoder's last layer
 * equally (Esser et al. 2021, eq. 7).
 */
public final class AdaptiveWeight {

    private static final double DELTA = 1e-4;
    private static final double LARGEST = 1e4;

    private AdaptiveWeight() {}

    /**
     * The norm of the gradient of one loss over that of the other, at most 10,000. The graphs of both stay.
     *
     * @param reconstruction a scalar
     * @param generator a scalar
     * @param lastLayer the weight that both depend on
     */
    public static double of(NDArray reconstruction, NDArray generator, NDArray lastLayer) {
        return Math.min(LARGEST, norm(reconstruction, lastLayer) / (norm(generator, lastLayer) + DELTA));
    }

    private static double norm(NDArray loss, NDArray lastLayer) {
        return Scope.call(() ->
                (double) Gradients.of(loss, lastLayer).square().sum().sqrt().getFloat());
    }
}
