package io.percolate.tests.faults;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.tests.TinyTraining;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;

/** A program that encodes a folder of images, trains a few steps in their latents, and tells what Java's heap held. */
final class LatentTraining {

    /** In a latent cache that the run folder does not hold. */
    private static final String RECIPE =
            """
            {"training": {"samples": 2, "sample_steps": 2, "validation_steps": 0, "cache": "%s"}}""";

    private LatentTraining() {}

    /** The folder of a tiny training, and that of the latents. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        TinyTraining training = new TinyTraining(folder);
        RecipeOverlay cache = RecipeOverlay.parse(RECIPE.formatted(arguments[1]));
        DiffusionTrainer.train(
                training.diffusionRecipe().with(cache).withoutText(),
                ImageDataset.open(training.data()),
                DiffusionFolders.inLatents(training.vae(), folder.resolve("run")),
                new Budget.Steps(3),
                false);
        System.gc();
        System.out.printf("heap: %d%nmost heap: %d%n", used() >> 20, mostUsed() >> 20);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Garbage included. */
    private static long mostUsed() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(peak -> peak.getUsed())
                .sum();
    }
}
