package io.percolate.pipeline.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.evaluation.PatchDistances;
import io.percolate.pipeline.evaluation.SlicedWasserstein;
import io.percolate.pipeline.images.Pixels;
import io.percolate.vae.AutoencoderKl;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How far sets of images are from the real ones that were held out.
 *
 * @param real other real images, as many: no generated image can be expected to come nearer
 * @param autoencoder the held-out images, encoded and decoded: latent diffusion cannot be expected to come nearer
 * @param latents generated in latents
 * @param pixels generated on pixels
 */
public record Quality(PatchDistances real, PatchDistances autoencoder, PatchDistances latents, PatchDistances pixels) {

    /** The sets of images that are measured, all equally large. */
    record Sets(
            List<BufferedImage> heldOut,
            List<BufferedImage> known,
            List<BufferedImage> latents,
            List<BufferedImage> pixels) {}

    static Quality measure(Sets sets, Path vae) {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray heldOut = Pixels.of(sets.heldOut, manager);
            return new Quality(
                    between(heldOut, sets.known),
                    between(heldOut, reconstructed(heldOut, vae)),
                    between(heldOut, sets.latents),
                    between(heldOut, sets.pixels));
        }
    }

    private static PatchDistances between(NDArray heldOut, List<BufferedImage> others) {
        try (NDArray other = Pixels.of(others, heldOut.getManager())) {
            return SlicedWasserstein.DEFAULT.between(heldOut, other);
        }
    }

    private static List<BufferedImage> reconstructed(NDArray images, Path vaeFolder) {
        List<BufferedImage> decoded = new ArrayList<>();
        try (AutoencoderKl vae = AutoencoderKl.load(vaeFolder, images.getManager())) {
            for (long i = 0; i < images.getShape().get(0); i++) {
                long row = i;
                Gradients.off(() -> {
                    Scope.run(() -> decoded.addAll(Pixels.images(vae.decode(
                            vae.encode(images.get("{}:{}", row, row + 1)).mode()))));
                    return null;
                });
            }
        }
        return decoded;
    }
}
