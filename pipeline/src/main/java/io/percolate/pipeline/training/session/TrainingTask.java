package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.data.Position;
import java.nio.file.Path;
import java.util.Map;

/** What a {@link TrainingLoop} repeats: one network with its data and its loss. */
public interface TrainingTask extends AutoCloseable {

    /** What is trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters();

    /** Begins to generate images, at the place where an earlier sitting stopped. */
    void begin(Position start);

    /** Where the next step draws its images from. */
    Position position();

    /**
     * Adds the gradients of the loss of step {@code step} to the parameters. The same step gives the same result
     * after a resume: images depend on the position, noise on the step and the seed.
     *
     * @return the loss under {@code loss}, and its parts under names of their own
     */
    Map<String, Double> backward(NDManager manager, long step);

    /** Draws an image of what the network can do with its present weights. */
    void drawSample(NDManager manager, Path png);

    /** Writes the model folder with the present weights. */
    void save(Path folder);

    @Override
    void close();
}
