package io.percolate.command.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a denoiser is trained: one of the two is given. */
public final class SpaceOptions {

    @Option(
            names = "--vae",
            required = true,
            paramLabel = "DIR",
            description = "folder of the autoencoder that train vae wrote, or of a model that has one")
    private Path vae;

    @Option(names = "--pixel-space", required = true, description = "train on pixels, without an autoencoder")
    private boolean pixels;

    /** The autoencoder in whose latents; empty for pixels. */
    public Optional<Path> autoencoder() {
        return Optional.ofNullable(vae);
    }
}
