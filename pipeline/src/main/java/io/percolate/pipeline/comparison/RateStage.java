package io.percolate.pipeline.comparison;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.score.RateDistortion;
import io.percolate.pipeline.score.RatePoint;
import io.percolate.pipeline.score.RateReport;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures rate and distortion of a trained run on images held out, and keeps what it predicts of the first of them. */
record RateStage(RunContext context) {

    private static final int TIMESTEPS = 24;

    /** What the bits of the run's bound buy. */
    RateReport of(ArmRun run) {
        return context.stages()
                .apart("rate of " + run.name(), RateReport.class, () -> measure(run))
                .result();
    }

    private RateReport measure(ArmRun run) {
        try (DiffusionModel model = ModelLoader.load(run.folder(), LoadOptions.DEFAULT)) {
            return RateDistortion.of(
                    model,
                    context.measured(),
                    TIMESTEPS,
                    (image, timestep, predicted) -> ImageFiles.writePng(frame(run, image, timestep), predicted));
        }
    }

    /** The frames of the first image, from the most noise to the least. */
    List<BufferedImage> film(ArmRun run) {
        List<BufferedImage> frames = new ArrayList<>();
        for (RatePoint point : of(run).points()) {
            frames.add(ImageFiles.read(frame(run, 0, point.timestep())));
        }
        return frames;
    }

    private static Path frame(ArmRun run, int image, int timestep) {
        return run.out().resolve("film-" + run.name()).resolve("%d-%04d.png".formatted(image, timestep));
    }
}
