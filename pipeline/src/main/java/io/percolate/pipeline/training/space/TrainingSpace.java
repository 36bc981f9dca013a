package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.model.ImageCodec;
import java.nio.file.Path;
import java.util.Optional;

/** Where a denoiser is trained: the one choice in which latent and pixel-space diffusion differ. */
public sealed interface TrainingSpace extends AutoCloseable permits LatentSpace, PixelSpace {

    /** The latents of the autoencoder in {@code vae}, or pixels if there is none. */
    static TrainingSpace open(Optional<Path> vae, NDManager manager) {
        return vae.<TrainingSpace>map(folder -> LatentSpace.load(folder, manager))
                .orElseGet(PixelSpace::new);
    }

    /** Pixels, or whatever else the images of a batch are. */
    static TrainingSpace pixels() {
        return new PixelSpace();
    }

    /** Translates between pixels and this space. */
    ImageCodec codec();

    /**
     * The images of {@code dataset} as training wants them.
     *
     * @param storage where latents are kept that are worth keeping
     */
    TrainingBatches batches(ImageDataset dataset, LoaderConfig loader, LatentStorage storage);

    /** z0 (B,C,h,w) of a batch: a sample of the posterior of its latents, scaled; or the pixels. */
    NDArray encode(Batch batch, NoiseSource random);

    /** Writes what a model folder needs to come here. */
    void save(Path folder);

    /** C, the channels of an image here. */
    default int channels() {
        int side = codec().factor();
        return (int) codec().shape(1, side, side).get(1);
    }

    @Override
    void close();
}
