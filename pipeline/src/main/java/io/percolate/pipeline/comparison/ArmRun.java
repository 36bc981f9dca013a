package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.ArmModel;
import io.percolate.pipeline.comparison.arms.ArmPlace;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One training of an arm.
 *
 * @param arm what is trained
 * @param seed how many runs of it there are before
 * @param out the folder of the comparison
 */
record ArmRun(ArmRecipe arm, int seed, Path out) {

    /** What its stages and folders are called. */
    String name() {
        return seed == 0 ? arm.name() : arm.name() + "-seed" + seed;
    }

    /** Its run folder, which is its model. */
    Path folder() {
        return out.resolve(name());
    }

    /** The images generated in the end. */
    Path images() {
        return out.resolve("images-" + name());
    }

    /** The images generated when {@code share} of the budget was used up: in the end all, before that the first of them. */
    Path images(double share) {
        return share == 1 ? images() : out.resolve("along-" + name()).resolve(percent(share));
    }

    /** A part of the budget as names have it. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%05.2f-percent", 100 * share);
    }

    /** The images generated in the end for captions that were trained on. */
    Path imagesOfTrained() {
        return out.resolve("trained-" + name());
    }

    /** Encodes every image, if it works on latents; fails where its training would. */
    void prepare(ImageDataset dataset, TrainingListener listener) {
        model().prepare(dataset, place(), listener);
    }

    /** Trains it. */
    TrainingResult train(ImageDataset dataset, TrainingSession session) {
        return model().train(dataset, place(), session);
    }

    /** What a step of its training takes for one image. */
    ImageCost cost(ImageDataset dataset) {
        return model().cost(dataset, place());
    }

    private ArmPlace place() {
        return new ArmPlace(out, folder());
    }

    private ArmModel model() {
        return arm.model().forRun(seed, out.resolve(arm.name()));
    }
}
