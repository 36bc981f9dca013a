package io.percolate.cli;

import io.percolate.cli.progress.PartBar;
import io.percolate.command.options.ModelOptions;
import io.percolate.diffusion.sde.OdeSolver;
import io.percolate.diffusion.sde.ProbabilityFlow;
import io.percolate.diffusion.sde.SdeKind;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.score.ScoreView;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate interpolate}. */
@Command(
        name = "interpolate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Encode two images as noise by a model's probability flow, and decode what lies between: a strip"
                + " from one to the other, whose ends are the two images as they come back.")
final class InterpolateCommand implements Callable<Integer> {

    private static final int SPACING = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FIRST", description = "image file")
    private Path first;

    @Parameters(index = "1", paramLabel = "LAST", description = "image file")
    private Path last;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "what a text model is told of all the images, without guidance (default: nothing)")
    private String prompt;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "7",
            description = "number of images in the strip (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "1e-4",
            description = "of the solver that follows the flow (default: ${DEFAULT-VALUE})")
    private double tolerance;

    @Option(names = "--out", required = true, paramLabel = "FILE.png", description = "the strip")
    private Path out;

    @Override
    public Integer call() {
        if (count < 2) {
            throw new IllegalArgumentException("--count " + count + ": the strip has two ends, ask for 2 or more");
        }
        ProbabilityFlow flow = new ProbabilityFlow(new OdeSolver(tolerance));
        List<BufferedImage> ends = List.of(ImageFiles.read(first), ImageFiles.read(last));
        try (DiffusionModel loaded = model.load(false);
                PartBar bar = new PartBar("interpolating")) {
            ScoreView view = new ScoreView(loaded, SdeKind.VP, prompt);
            List<BufferedImage> images = view.interpolate(ends, count, flow, bar::at);
            ImageFiles.writePng(out, new ImageGrid(count, SPACING).draw(images));
        }
        spec.commandLine().getOut().println(out);
        return 0;
    }
}
