package io.percolate.pipeline.training.tuning;

import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.training.DenoiserLearning;
import io.percolate.pipeline.training.DiffusionNetworks;
import io.percolate.pipeline.training.DiffusionObjective;
import io.percolate.pipeline.training.Learning;
import io.percolate.pipeline.training.Steering;
import io.percolate.weights.layout.ModelPart;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is trained of a base model, or beside it. */
interface Adaptation extends AutoCloseable {

    /** The numbers that are trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters();

    /** A parameter's step as a multiple of the learning rate. */
    default double ratio(String parameter) {
        return 1;
    }

    /** The same for parts of a model: 1 for the U-Net's, {@code text} for those of text encoders. */
    static double ratio(String parameter, double text) {
        return parameter.startsWith(ModelPart.UNET.folder() + ".") ? 1 : text;
    }

    /** Whether what captions become changes while it is trained. */
    default boolean changesText() {
        return false;
    }

    /** What adds to the denoiser's feature maps while it is trained. */
    default Steering steering() {
        return Steering.NONE;
    }

    /** How it learns: a denoiser does by images with noise. */
    default Learning learning(
            DiffusionNetworks networks, DiffusionObjective objective, Precision precision, Optimizer optimizer) {
        return new DenoiserLearning(networks, objective, precision, optimizer);
    }

    /** The model to take samples of, of {@code side} x {@code side} pixels. */
    default Pipeline sampled(BaseModel base, int side) {
        return base.pipeline(side, List.of());
    }

    /** Inference steps of samples where {@code usual} are asked for. */
    default int sampleSteps(int usual) {
        return usual;
    }

    /** Images that show how far it is, where images of captions alone would not. */
    default Optional<BufferedImage> sample(int count, int steps) {
        return Optional.empty();
    }

    /**
     * Writes it into the run folder.
     *
     * @param steps of training so far
     */
    void save(Path folder, long steps);

    @Override
    void close();
}
