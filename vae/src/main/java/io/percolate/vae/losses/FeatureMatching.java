package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;

/**
 * How different a discriminator's layers find reconstructions and images (Wang et al. 2018, eq. 3): what stands in for a
 * perceptual network where there is none.
 */
public final class FeatureMatching {

    private FeatureMatching() {}

    /** The mean magnitude of the differences of activations, summed over the layers: a float32 scalar. */
    public static NDArray of(Judgement fake, Judgement real) {
        return Scope.keep(() -> {
            NDArray sum = distance(fake, real, 0);
            for (int layer = 1; layer < real.activations().size(); layer++) {
                sum = sum.add(distance(fake, real, layer));
            }
            return sum;
        });
    }

    private static NDArray distance(Judgement fake, Judgement real, int layer) {
        NDArray difference =
                fake.activations().get(layer).sub(real.activations().get(layer));
        return Aten.to(difference, Precision.FP32).abs().mean();
    }
}
