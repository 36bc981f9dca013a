package io.percolate.pipeline.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentAlignment;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;

/**
 * Turns the latents of an autoencoder into those of another one, as near as a linear map can: one that was trained to see
 * more of an image then fits the denoisers of the one that it began as, which go on from what they know.
 *
 * @param own the autoencoder whose latents are turned
 * @param other the autoencoder whose latents they are to be
 * @see LatentAlignment
 */
public record AlignedAutoencoder(AutoencoderSource own, AutoencoderSource other) {

    private static final int IMAGES = 512;
    private static final int BATCH = 8;
    private static final long SEED = 0;

    /** @throws IllegalArgumentException if they make other numbers of latents of an image */
    public AlignedAutoencoder {
        requireSameLatents(own.config(), other.config());
    }

    private static void requireSameLatents(VaeConfig one, VaeConfig two) {
        String first = latents(one);
        String second = latents(two);
        if (!first.equals(second)) {
            throw new IllegalArgumentException("an image of %d pixels has %s latents and one of %d has %s: align"
                            .formatted(one.sampleSize(), first, two.sampleSize(), second)
                    + " autoencoders with as many, such as one that train vae --finer-levels made of the other");
        }
    }

    private static String latents(VaeConfig config) {
        Shape shape = config.latentShape(1, config.sampleSize(), config.sampleSize());
        return shape.get(1) + "x" + shape.get(2) + "x" + shape.get(3);
    }

    /**
     * Writes the folder of the autoencoder with other latents, which decodes them to the same images as before. Both are
     * measured on up to 512 images, each in the size that it was trained for.
     */
    public void write(ImageDataset dataset, Path out) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                AutoencoderKl turned = own.load(own.config(), manager);
                AutoencoderKl wanted = other.load(other.config(), manager)) {
            turned.save(out, measured(turned, wanted, dataset.shuffled(SEED).first(IMAGES)));
        }
    }

    private static LatentAlignment measured(AutoencoderKl turned, AutoencoderKl wanted, ImageDataset images) {
        LatentAlignment alignment = new LatentAlignment(turned.config().latentChannels());
        try (NDManager manager = TorchEngine.newManager(turned.device());
                BatchLoader first = loader(images, turned);
                BatchLoader second = loader(images, wanted)) {
            Gradients.off(() -> {
                while (first.hasNext()) {
                    Scope.run(() -> alignment.add(
                            turned.encode(first.next(manager).images()).mean(),
                            wanted.config()
                                    .latentScale()
                                    .apply(wanted.encode(second.next(manager).images())
                                            .mean())));
                }
                return null;
            });
        }
        return alignment;
    }

    private static BatchLoader loader(ImageDataset images, AutoencoderKl vae) {
        return BatchLoader.once(
                images, BATCH, ImageTransform.square(vae.config().sampleSize()));
    }
}
