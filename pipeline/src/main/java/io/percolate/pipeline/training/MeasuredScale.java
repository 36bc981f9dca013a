package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentScale;
import io.percolate.vae.LatentStatistics;

/**
 * The latent scale of a trained autoencoder (Rombach et al. 2022, appendix G), channel by channel: of samples of the
 * posterior, since these are what a denoiser is trained on.
 */
final class MeasuredScale {

    private static final long SEED = 0;

    private MeasuredScale() {}

    /**
     * Measures on a random sample of {@code dataset}, always the same: a folder may be sorted by what it shows.
     *
     * @param beside on how many images, and how many together; if none, the scale stays that of {@code vae}
     * @param listener who is told how far it is
     */
    static LatentScale of(
            AutoencoderKl vae,
            ImageDataset dataset,
            ImageTransform transform,
            Beside beside,
            TrainingListener listener) {
        long pixels = (long) transform.width() * transform.height();
        int images = beside.scaleImages(pixels);
        if (images == 0) {
            return vae.config().latentScale();
        }
        ImageDataset measured = dataset.shuffled(SEED).first(images);
        LatentStatistics statistics = new LatentStatistics(vae.config().latentChannels());
        try (NDManager manager = TorchEngine.newManager(vae.device());
                BatchLoader loader = BatchLoader.once(measured, beside.imagesAtOnce(pixels), transform)) {
            for (int done = 0; loader.hasNext(); done += beside.imagesAtOnce(pixels)) {
                listener.busy(Activity.MEASURING_SCALE, done, measured.size());
                Scope.run(() -> statistics.add(vae.encode(loader.next(manager).images())));
            }
            listener.busy(Activity.MEASURING_SCALE, measured.size(), measured.size());
        }
        return statistics.scalePerChannel();
    }
}
