package io.percolate.pipeline.training.control;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.control.Preprocessor;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The control images of a data set.
 *
 * @param preprocessor what makes them
 * @param images the folder of the data set
 * @param controls the folder with an image of the same name for each; empty to make them of the images themselves
 */
public record ControlImages(Preprocessor preprocessor, Path images, Optional<Path> controls) {

    /**
     * Those of {@code dataset}.
     *
     * @throws DatasetException if an image has no control image
     */
    public static ControlImages of(Preprocessor preprocessor, ImageDataset dataset, Optional<Path> controls) {
        ControlImages all = new ControlImages(preprocessor, dataset.folder(), controls);
        List<Path> missing = dataset.entries().stream()
                .map(all::file)
                .filter(file -> !Files.isRegularFile(file))
                .toList();
        if (!missing.isEmpty()) {
            throw new DatasetException(missing.get(0) + ": no control image, as for " + missing.size() + " of the "
                    + dataset.size() + " images: give one of the same name for each");
        }
        return all;
    }

    /** Those of the images of {@code batch}, as the denoiser sees these: (B,3,H,W) in [0,1]. */
    NDArray of(Batch batch) {
        List<BufferedImage> made = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            made.add(of(batch.items().get(i).entry(), batch.frames().get(i).size()));
        }
        NDManager manager = batch.images().getManager();
        return Scope.keep(() -> Aten.affine(Pixels.of(made, manager), 0.5, 0.5));
    }

    /** That of one image, cut to {@code size}. */
    public BufferedImage of(ImageEntry entry, PixelSize size) {
        return preprocessor.apply(ImageTransform.square(1).withSize(size).read(file(entry)));
    }

    private Path file(ImageEntry entry) {
        return controls.map(folder -> folder.resolve(images.relativize(entry.file())))
                .orElse(entry.file());
    }
}
