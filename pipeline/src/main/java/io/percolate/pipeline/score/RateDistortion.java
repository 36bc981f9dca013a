package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.VariationalBound;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.EngineMemory;

/**
 * Progressive coding (Ho et al. 2020, section 4.3): an image is sent noisiest first, each step for as many bits as its
 * term of the variational bound has; at any time the receiver predicts the clean image. What latents predict is decoded, so
 * that rate and distortion are those of pixels in either space. The rate of latents is that of a sample of the encoder's
 * posterior, to the precision of timestep 0.
 */
public final class RateDistortion {

    private static final int BATCH = 16;

    private RateDistortion() {}

    /**
     * Measures images that the model has not seen, told their captions and not guided.
     *
     * @param model stays the caller's
     * @param timesteps how many of its timesteps are measured, closer together where there is less noise
     * @param film is shown what is predicted
     */
    public static RateReport of(DiffusionModel model, ImageDataset images, int timesteps, FilmListener film) {
        try (NDManager manager = model.manager().newSubManager()) {
            return EngineMemory.guard(
                    "measure smaller images",
                    () -> Gradients.off(() -> Scope.call(() -> measure(model, images, timesteps, film, manager))));
        }
    }

    private static RateReport measure(
            DiffusionModel model, ImageDataset images, int timesteps, FilmListener film, NDManager manager) {
        NoiseSchedule schedule = model.sampler().process().schedule();
        DataSpace space = DataSpace.of(model.codec());
        VariationalBound bound =
                new VariationalBound(schedule, LikelihoodSettings.DEFAULT.variance(), space.likelihood());
        ToldDenoiser denoiser = new ToldDenoiser(model);
        RateMeasurement measurement = new RateMeasurement(bound, model.codec(), timesteps, film);
        int first = 0;
        ImageTransform transform = ImageTransform.square(model.defaults().width());
        try (BatchLoader loader = BatchLoader.once(images, BATCH, transform)) {
            while (loader.hasNext()) {
                MeasuredBatch batch = MeasuredBatch.of(first, loader.next(manager));
                Scope.run(() -> model.unet().use(() -> {
                    NDArray x0 = batch.encoded(space);
                    measurement.add(batch, denoiser.of(batch.captions()), x0);
                    return null;
                }));
                first += batch.size();
            }
        }
        return measurement.report();
    }
}
