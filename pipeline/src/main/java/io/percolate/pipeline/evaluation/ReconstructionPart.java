package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import io.percolate.vae.losses.ImageMetrics;
import java.io.Serializable;

/**
 * What an autoencoder keeps of some images; parts merge to the whole.
 *
 * @param psnr of each image
 * @param ssim of each image
 * @param highFrequencies of each reconstruction
 * @param originals the same of each image itself
 */
record ReconstructionPart(Moments psnr, Moments ssim, Moments highFrequencies, Moments originals)
        implements Serializable {

    /** Of no images. */
    static final ReconstructionPart NONE =
            new ReconstructionPart(Moments.NONE, Moments.NONE, Moments.NONE, Moments.NONE);

    /** Of images (B,3,H,W) and what became of them. */
    static ReconstructionPart of(NDArray decoded, NDArray images) {
        return new ReconstructionPart(
                Moments.of(ImageMetrics.psnr(decoded, images)),
                Moments.of(ImageMetrics.ssim(decoded, images)),
                Moments.of(ImageMetrics.highFrequencies(decoded)),
                Moments.of(ImageMetrics.highFrequencies(images)));
    }

    ReconstructionPart merge(ReconstructionPart other) {
        return new ReconstructionPart(
                psnr.merge(other.psnr),
                ssim.merge(other.ssim),
                highFrequencies.merge(other.highFrequencies),
                originals.merge(other.originals));
    }

    Reconstruction whole() {
        return new Reconstruction(
                (int) psnr.count(),
                psnr.meanOrNaN(),
                ssim.meanOrNaN(),
                ImageMetrics.highFrequenciesKept(
                        new double[] {highFrequencies.mean()}, new double[] {originals.mean()}));
    }
}
