package io.percolate.pipeline.training.recipe;

import ai.djl.Device;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.LoaderConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a network is trained, whatever the network: the section {@code training} of a recipe.
 *
 * @param batchSize images per optimisation step
 * @param seed of first weights, order of images, and noise
 * @param data how images come to the network
 * @param optimizer how weights move
 * @param compute how a step is computed
 * @param saving how often something is left in the run folder
 */
public record TrainingPlan(
        int batchSize, int seed, DataPlan data, OptimizerPlan optimizer, ComputePlan compute, SavePlan saving) {

    /** What a recipe has that does not say otherwise. */
    public static final TrainingPlan DEFAULT =
            new TrainingPlan(16, 0, DataPlan.DEFAULT, OptimizerPlan.DEFAULT, ComputePlan.DEFAULT, SavePlan.DEFAULT);

    /** Decoded images are kept if they need no more than one part in so many of the memory. */
    private static final long REMEMBERED = 32;

    public TrainingPlan {
        require(batchSize > 0, "batch_size", batchSize);
    }

    /** The plan in the section {@code training} of a recipe. */
    public static TrainingPlan from(JsonConfig section) {
        return new TrainingPlan(
                section.integer("batch_size", DEFAULT.batchSize),
                section.integer("seed", DEFAULT.seed),
                DataPlan.from(section),
                OptimizerPlan.from(section),
                ComputePlan.from(section),
                SavePlan.from(section));
    }

    /** All of it, as that section. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("batch_size", batchSize);
        values.put("seed", seed);
        data.addTo(values);
        optimizer.addTo(values);
        compute.addTo(values);
        saving.addTo(values);
        return values;
    }

    /** The same with another number of images per step. */
    public TrainingPlan withBatchSize(int images) {
        return new TrainingPlan(images, seed, data, optimizer, compute, saving);
    }

    /** The same with other randomness. */
    public TrainingPlan withSeed(int other) {
        return new TrainingPlan(batchSize, other, data, optimizer, compute, saving);
    }

    /** The same with images that come otherwise. */
    public TrainingPlan withData(DataPlan other) {
        return new TrainingPlan(batchSize, seed, other, optimizer, compute, saving);
    }

    /** The same with weights that move otherwise. */
    public TrainingPlan withOptimizer(OptimizerPlan other) {
        return new TrainingPlan(batchSize, seed, data, other, compute, saving);
    }

    /** The same with steps computed otherwise. */
    public TrainingPlan withCompute(ComputePlan other) {
        return new TrainingPlan(batchSize, seed, data, optimizer, other, saving);
    }

    /** The same with other intervals. */
    public TrainingPlan withSaving(SavePlan other) {
        return new TrainingPlan(batchSize, seed, data, optimizer, compute, other);
    }

    /** What the network computes in, on this machine. */
    public Precision precision() {
        return compute.precision().precision();
    }

    /**
     * Where the network computes.
     *
     * @throws IllegalArgumentException if the engine does not see that device
     */
    public Device device() {
        return compute.device().available();
    }

    /** How images become batches of a step, within a part of the memory if that is limited. */
    public LoaderConfig loader(Framing framing) {
        LoaderConfig loader = LoaderConfig.training(batchSize, framing);
        return compute.memory()
                .map(size -> loader.remembering(size.bytes() / REMEMBERED))
                .orElse(loader);
    }

    /** How an optimizer is set up for it. */
    public OptimizerConfig optimizerConfig() {
        return optimizer.config(compute);
    }

    static void require(boolean holds, String key, double value) {
        RecipeSection.require(holds, key, value);
    }
}
