package io.percolate.pipeline.training.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.pipeline.training.space.LatentSpace;
import io.percolate.pipeline.training.tiny.ImitationLoss.Attempt;
import io.percolate.vae.tiny.TinyAutoencoder;

/**
 * Who learns, and from whom.
 *
 * @param teacher its latents, which are those of a denoiser
 * @param tiny learns what they are, and what they mean
 * @param target what its decoder is to make of them
 */
record TinyNetworks(LatentSpace teacher, TinyAutoencoder tiny, DecoderTarget target) implements AutoCloseable {

    /** What becomes of pixels (B,3,H,W), in their precision; {@code noise} says which latents the teacher samples. */
    Attempt attempt(NDArray pixels, NDArray noise) {
        NDArray latents = Aten.like(teacher.encode(pixels, noise), pixels);
        NDArray decoded = tiny.decode(latents);
        return new Attempt(target.of(pixels, latents, teacher.vae()), decoded, latents, tiny.encode(pixels));
    }

    @Override
    public void close() {
        teacher.close();
        tiny.close();
    }
}
