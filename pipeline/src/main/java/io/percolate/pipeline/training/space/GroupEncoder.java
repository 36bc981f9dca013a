package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.OneSize;
import java.nio.file.Path;
import java.util.Map;

/**
 * Encodes the images of a group, a few at a time.
 *
 * @param encoder who encodes
 * @param pixelsAtOnce pixels of the images that are encoded together; one image goes even if it has more
 */
record GroupEncoder(PosteriorEncoder encoder, long pixelsAtOnce) {

    private static final int MOST_IMAGES = 64;

    /** Where latents go. */
    interface Latents {

        /** What the latents of an image are kept under. */
        String name(ImageEntry entry, boolean mirrored);

        /** Takes over the latents (2,C,h,w) of an image. */
        void add(String name, NDArray latents);

        /** Called after every few images. */
        void encoded(int images);
    }

    /**
     * Encodes all images of {@code group}.
     *
     * @param manager owns the pixels
     * @return the files that are no images, with the reason for each
     */
    Map<Path, String> encode(ImageGroup group, Latents latents, NDManager manager) {
        LoaderConfig config = LoaderConfig.evaluation(
                batchSize(group.upright().size().area(), pixelsAtOnce), new OneSize(group.upright()));
        try (BatchLoader loader = BatchLoader.once(group.images(), config)) {
            while (loader.hasNext()) {
                CancelledException.ifInterrupted("encoding");
                try (Batch batch = loader.next(manager)) {
                    group.sides().forEach(mirrored -> encode(batch, mirrored, latents));
                    latents.encoded(batch.size());
                }
            }
            return loader.broken();
        }
    }

    /** How many images of {@code pixels} pixels are encoded at once. */
    static int batchSize(long pixels, long pixelsAtOnce) {
        return (int) Math.max(1, Math.min(MOST_IMAGES, pixelsAtOnce / pixels));
    }

    private void encode(Batch batch, boolean mirrored, Latents latents) {
        try (NDArray pixels = mirrored ? batch.images().flip(3) : batch.images().duplicate();
                NDArray posterior = encoder.encode(pixels)) {
            for (int i = 0; i < batch.size(); i++) {
                String name = latents.name(batch.items().get(i).entry(), mirrored);
                latents.add(name, posterior.get(i).duplicate());
            }
        }
    }
}
