package io.percolate.cli;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.AlignedAutoencoder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate align}. */
@Command(
        name = "align",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Turn the latents of an autoencoder into those of another one, as near as a linear map can, and print"
                        + " its folder. What it decodes stays the same, and denoisers that were trained in the other's latents"
                        + " need little training to work in these (train diffusion --from).")
final class AlignCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "VAE",
            description =
                    "autoencoder whose latents to turn: its folder, that of a model that has one, or a single file")
    private Path vae;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR|FILE",
            description = "autoencoder whose latents they are to be, such as the one that it was trained --from")
    private Path other;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "folder of images to measure both on, 512 of them")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder to write")
    private Path out;

    @Override
    public Integer call() {
        ImageDataset images = ImageDataset.open(data).split(Split.TRAIN);
        new AlignedAutoencoder(new AutoencoderSource(vae), new AutoencoderSource(other)).write(images, out);
        spec.commandLine().getOut().println(out);
        return 0;
    }
}
