package io.percolate.pipeline.comparison.arms;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an arm trains, and what it generates images with. */
public sealed interface ArmModel permits DiffusionArm, GanArm, PriorArm {

    /** Longer than any training: no run generates samples in its training time. */
    double NEVER = 1e6;

    /** Side of its images in pixels. */
    int resolution();

    /** Images of an optimisation step. */
    int batchSize();

    /** What it is and where it works, in words. */
    String space();

    /** What tells it from others. */
    String identity();

    /** Where its latents come from; empty if it has none that are prepared for it. */
    default Optional<AutoencoderChoice> autoencoder() {
        return Optional.empty();
    }

    /** What it does with captions. */
    Captions captions();

    /** The loss that it is trained on, in a word or two, if it has a variational bound over timesteps. */
    default Optional<String> boundedLoss() {
        return Optional.empty();
    }

    /**
     * The same as one training of several has it: with other random numbers, and neither samples nor validation in its
     * time.
     *
     * @param seed how many trainings there are before
     * @param cache folder of encoded images that all of them share
     */
    ArmModel forRun(int seed, Path cache);

    /** Does before {@link #train} what it would begin with; fails where it would. */
    default void prepare(ImageDataset dataset, ArmPlace place, TrainingListener listener) {}

    /** Trains, or goes on. */
    TrainingResult train(ImageDataset dataset, ArmPlace place, TrainingSession session);

    /** What a training step takes for one image. */
    ImageCost cost(ImageDataset dataset, ArmPlace place);

    /**
     * Opens what was trained in {@code folder}.
     *
     * @param subjects what to generate, one image each
     * @param steps inference steps, where it has any
     */
    ArmGenerator open(Path folder, List<ImageEntry> subjects, int steps);

    /** Numbers in its networks, by part. */
    Map<String, Long> parameters(Path folder);
}
