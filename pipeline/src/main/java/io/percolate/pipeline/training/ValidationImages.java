package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import java.util.HashSet;
import java.util.Set;

/**
 * A data set in two parts that have no image in common.
 *
 * @param trained what a network learns from
 * @param heldOut what it is judged by; may be empty
 */
public record ValidationImages(ImageDataset trained, ImageDataset heldOut) {

    private static final long SEED = 0;

    /** The parts of {@code dataset}, always the same. */
    public static ValidationImages of(ImageDataset dataset, ValidationPlan plan) {
        if (!plan.isWanted()) {
            return new ValidationImages(dataset, dataset.first(0));
        }
        return plan.share() > 0 ? withoutShare(dataset, plan) : besides(dataset, plan);
    }

    private static ValidationImages withoutShare(ImageDataset dataset, ValidationPlan plan) {
        int count = (int) Math.max(1, Math.min(plan.images(), Math.round(plan.share() * dataset.size())));
        ImageDataset heldOut = dataset.shuffled(SEED).first(count);
        Set<ImageEntry> taken = new HashSet<>(heldOut.entries());
        return new ValidationImages(dataset.where(entry -> !taken.contains(entry)), heldOut);
    }

    /** What the folder holds out anyway. */
    private static ValidationImages besides(ImageDataset dataset, ValidationPlan plan) {
        ImageDataset heldOut = ImageDataset.open(dataset.folder()).split(Split.HELD_OUT);
        return new ValidationImages(dataset, heldOut.shuffled(SEED).first(plan.images()));
    }
}
