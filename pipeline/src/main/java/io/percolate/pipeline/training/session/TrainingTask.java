package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.optim.Optimizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a {@link TrainingLoop} repeats, and what it keeps of it. */
public interface TrainingTask extends TrainingSteps {

    /** What moves the parameters, by the same names. */
    Optimizer optimizer();

    /** The network that trains beside this one, if there is one. */
    default Optional<Companion> companion() {
        return Optional.empty();
    }

    /** Tells, before each step, how many steps the whole training is going to have, as far as is known. */
    default void expect(long totalSteps) {}

    /** Whether a checkpoint follows every step; otherwise it follows an interval. */
    default boolean savesEveryStep() {
        return false;
    }

    /** Writes an image of what the network can do with its present weights. */
    void writeSample(NDManager manager, Path png);

    /**
     * The loss on images that are held out, and what belongs to it, by the names that the log uses; nothing if no image
     * is held out. The same weights give the same values.
     *
     * @param manager owns the images
     */
    default Map<String, Double> validate(NDManager manager) {
        return Map.of();
    }

    /** Side in pixels of each image in a sample, of which a row lies side by side; 0 if a sample is something else. */
    default int sampleSide() {
        return 0;
    }

    /** Writes the model folder with the present weights. */
    void save(Path folder);
}
