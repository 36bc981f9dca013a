package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Position;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a {@link TrainingLoop} repeats: one network with its data and its loss. */
public interface TrainingTask extends AutoCloseable {

    /** What is trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters();

    /** What moves the parameters, by the same names. */
    Optimizer optimizer();

    /** The network that trains beside this one, if there is one. */
    default Optional<Companion> companion() {
        return Optional.empty();
    }

    /** Goes to the place in the data where a session begins. */
    void begin(Position start);

    /** The place in the data where the next step takes its images from. */
    Position position();

    /**
     * Takes the next images, and one optimisation step. The same step gives the same result after a resume: images
     * depend on the position, and all else on {@code random}.
     *
     * @param manager owns the images
     */
    StepResult step(NDManager manager, RandomSource random);

    /** Seconds that steps of this session waited for their images. */
    double waitedSeconds();

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

    @Override
    void close();
}
