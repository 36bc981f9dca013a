package io.percolate.cli.generate;

import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.model.LoadOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether images are shown while they come out of the noise. */
final class PreviewOptions {

    @Option(
            names = "--previews",
            paramLabel = "DIR",
            description = "folder for what each image looks like so far, after every step")
    private Path folder;

    @Option(
            names = "--preview-vae",
            paramLabel = "DIR",
            description = "autoencoder that decodes --previews in place of the model's own, such as a tiny one of the"
                    + " same latents, which takes next to no time")
    private Path vae;

    /** Fails if previews have nowhere to go. */
    void check() {
        if (vae != null && folder == null) {
            throw new IllegalArgumentException(
                    "--preview-vae " + vae + " decodes previews: say where they go with --previews DIR");
        }
        if (folder != null) {
            ImageNames.requireWritable(folder.toAbsolutePath());
        }
    }

    /** {@code loading} with the autoencoder of the previews, if there is one. */
    LoadOptions applyTo(LoadOptions loading) {
        return vae == null ? loading : loading.withPreviewVae(vae);
    }

    /** Writes the previews, if they are asked for. */
    GenerationListener listener() {
        return folder == null ? GenerationListener.NONE : new PreviewSaver(folder);
    }
}
