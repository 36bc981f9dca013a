package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.training.session.TrainingTask;

/**
 * What a training takes of memory, in megabytes (10^6 bytes).
 *
 * @param network that is trained
 * @param discriminator that is trained beside it; nothing without one
 * @param activations what a step takes on top, at most
 * @param rest the program itself, its libraries, networks that are not trained, and images that are decoded
 */
public record MemoryUse(NetworkMemory network, NetworkMemory discriminator, double activations, double rest) {

    /** What {@code task} keeps, nothing else. */
    static MemoryUse kept(TrainingTask task) {
        NetworkMemory discriminator = task.companion().map(NetworkMemory::of).orElse(NetworkMemory.NONE);
        return new MemoryUse(NetworkMemory.of(task), discriminator, 0, 0);
    }

    /**
     * The same in a training that has {@code resident} megabytes in use between two steps, {@code peak} at most, and
     * {@code heap} for images.
     */
    MemoryUse within(double resident, double peak, double heap) {
        double gradients = network.gradients() + discriminator.gradients();
        return new MemoryUse(
                network,
                discriminator,
                Math.max(0, peak - resident - gradients),
                heap + Math.max(0, resident - network.kept() - discriminator.kept()));
    }

    /** All together. */
    public double total() {
        return network.total() + discriminator.total() + activations + rest;
    }

    /** Numbers that are trained. */
    public long parameters() {
        return Math.round(network.weights() * 1e6 / Float.BYTES);
    }
}
