package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.optim.MicroBatch;
import java.util.List;
import java.util.Map;

/** How each image of one batch is augmented: an image and its reconstruction alike. */
public final class ImageAugmentation {

    private final Map<Augmentation, List<double[]>> numbers;

    ImageAugmentation(Map<Augmentation, List<double[]>> numbers) {
        this.numbers = numbers;
    }

    /** The images (B,C,H,W) of {@code part} of the batch, augmented; the very array if there is nothing to do. */
    public NDArray apply(NDArray images, MicroBatch part) {
        return numbers.isEmpty() ? images : Scope.keep(() -> augmented(images, part));
    }

    private NDArray augmented(NDArray images, MicroBatch part) {
        NDArray x = images;
        for (Map.Entry<Augmentation, List<double[]>> kind : numbers.entrySet()) {
            x = kind.getKey().apply(x, part.of(kind.getValue()));
        }
        return x;
    }
}
