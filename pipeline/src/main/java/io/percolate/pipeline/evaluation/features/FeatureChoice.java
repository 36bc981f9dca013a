package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.data.ImageDataset;
import java.nio.file.Path;

/** Where features come from. */
public sealed interface FeatureChoice {

    /**
     * The network, on the device of {@code manager}.
     *
     * @param dataset the images that a model is trained on
     * @param side of the images that are compared
     * @throws IllegalArgumentException if there is none
     */
    ImageFeatures open(ImageDataset dataset, int side, NDManager manager);

    /** What tells it from others. */
    String identity();

    /**
     * A TorchScript file.
     *
     * @param path of a file with the call of {@link FeatureNetwork}
     */
    record File(Path path) implements FeatureChoice {

        @Override
        public ImageFeatures open(ImageDataset dataset, int side, NDManager manager) {
            return FeatureNetwork.open(path, side, manager);
        }

        @Override
        public String identity() {
            return String.valueOf(path.getFileName());
        }
    }

    /**
     * A small network that is trained on the data set first.
     *
     * @param steps optimisation steps
     */
    record Own(int steps) implements FeatureChoice {

        /** Some seconds. */
        public static final Own DEFAULT = new Own(300);

        @Override
        public ImageFeatures open(ImageDataset dataset, int side, NDManager manager) {
            return OwnFeatures.train(dataset, side, steps, manager);
        }

        @Override
        public String identity() {
            return "own, " + steps + " steps";
        }
    }
}
