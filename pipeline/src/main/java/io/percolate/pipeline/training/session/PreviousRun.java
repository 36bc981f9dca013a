package io.percolate.pipeline.training.session;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.vae.AutoencoderKl;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What earlier sessions of a training left.
 *
 * @param folder the run folder
 */
public record PreviousRun(Path folder) {

    /** Whether there is a checkpoint to go on from. */
    public boolean exists() {
        return new CheckpointFiles(folder).exist();
    }

    /** Refuses another autoencoder than the run began with, if there was one: its latents mean something else. */
    public void requireAutoencoder(Path given) {
        Path own = folder.resolve("vae");
        if (Files.isDirectory(own) && !isSame(own, given)) {
            throw new IllegalArgumentException(given + ": another autoencoder than the run in " + folder
                    + " began with: resume with " + own + ", or give another folder");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                AutoencoderKl a = AutoencoderKl.load(one, manager);
                AutoencoderKl b = AutoencoderKl.load(other, manager)) {
            return a.config().latentScale().equals(b.config().latentScale())
                    && a.shapes().equals(b.shapes())
                    && hasValuesOf(a, b);
        }
    }

    private static boolean hasValuesOf(AutoencoderKl a, AutoencoderKl b) {
        return a.parameters().entrySet().stream().allMatch(entry -> entry.getValue()
                .value()
                .contentEquals(b.parameters().get(entry.getKey()).value()));
    }
}
