package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Sample images of an autoencoder: the first images of a data set in a row, and above them what became of them.
 *
 * @param dataset the images
 * @param transform what becomes of each before
 * @param beside how many, and how many together
 * @param listener who is told how far it is
 */
public record SampleRows(ImageDataset dataset, ImageTransform transform, Beside beside, TrainingListener listener) {

    private static final int USUAL = 8;

    /**
     * Writes the rows; nothing if no samples are wanted.
     *
     * @param manager owns the pixels
     * @param coding pixels (B,3,H,W) to those of each row, the first row above
     */
    public void write(NDManager manager, Path png, Function<NDArray, List<NDArray>> coding) {
        int samples = beside.samples().orElse(USUAL);
        if (samples == 0) {
            return;
        }
        List<List<BufferedImage>> rows = new ArrayList<>();
        int atOnce = Math.min(samples, beside.imagesAtOnce(transform.size().area()));
        try (BatchLoader first = BatchLoader.once(dataset, atOnce, transform)) {
            for (int done = 0; done < samples && first.hasNext(); done += atOnce) {
                listener.busy(Activity.SAMPLING, done, samples);
                Scope.run(() -> add(rows, first.next(manager).images(), coding));
            }
        }
        ImageFiles.writePng(png, grid(rows));
    }

    private static void add(List<List<BufferedImage>> rows, NDArray pixels, Function<NDArray, List<NDArray>> coding) {
        List<NDArray> all = new ArrayList<>(coding.apply(pixels));
        all.add(pixels);
        for (int i = 0; i < all.size(); i++) {
            if (rows.size() == i) {
                rows.add(new ArrayList<>());
            }
            rows.get(i).addAll(Pixels.images(all.get(i)));
        }
    }

    private static BufferedImage grid(List<List<BufferedImage>> rows) {
        return new ImageGrid(rows.get(0).size(), 4)
                .draw(rows.stream().flatMap(List::stream).toList());
    }
}
