package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.stages.Stages;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.session.TrainingListener;
import java.util.List;

/**
 * What all stages of a comparison need.
 *
 * @param settings what is compared
 * @param images what is trained on, and what is held out
 * @param stages what is finished
 * @param meter measures images
 * @param listener watches the trainings
 */
record RunContext(
        ComparisonSettings settings,
        ComparedImages images,
        Stages stages,
        QualityMeter meter,
        TrainingListener listener) {

    /** Part of the images that are generated and compared on the way. */
    private static final int ALONG = 4;

    private static final int MEASURED = 8;

    /** Generates for the images held out. */
    ArmSampling sampling() {
        return new ArmSampling(
                images.heldOut(), settings.samples().steps(), settings.plan().clock());
    }

    /** Generates for a quarter of them. */
    ArmSampling samplingAlong() {
        return sampling().first(Math.max(2, settings.samples().images() / ALONG));
    }

    /** Generates for images that were trained on. */
    ArmSampling samplingKnown() {
        return new ArmSampling(
                images.known(), settings.samples().steps(), settings.plan().clock());
    }

    /** Some of the images held out, on which likelihoods are measured. */
    ImageDataset measured() {
        List<ImageEntry> heldOut = images.heldOut();
        return new ImageDataset(images.trained().folder(), heldOut.subList(0, Math.min(MEASURED, heldOut.size())));
    }
}
