package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;

/**
 * Guidance scales as a network is told them that was distilled with guidance, and needs no second prediction: sinusoids of
 * omega, which is the scale less 1, in thousandths (Luo et al. 2023, section 4.2).
 *
 * @param width of an embedding, the config's {@code time_cond_proj_dim}
 */
public record GuidanceEmbedding(int width) {

    private static final float UNIT = 1000;

    /** The embeddings (B,width) of {@code scales} (B). */
    public NDArray of(double[] scales, NDManager manager) {
        float[] omegas = new float[scales.length];
        for (int i = 0; i < scales.length; i++) {
            omegas[i] = (float) (scales[i] - 1) * UNIT;
        }
        return Scope.keep(() -> Aten.sinusoids(TorchArray.of(manager, omegas), width, false, 1));
    }
}
