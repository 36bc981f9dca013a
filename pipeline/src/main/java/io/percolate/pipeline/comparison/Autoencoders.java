package io.percolate.pipeline.comparison;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.comparison.report.AutoencoderReport;
import io.percolate.pipeline.comparison.report.ImageQuality;
import io.percolate.pipeline.comparison.stages.Stages.Measured;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.vae.AutoencoderKl;
import java.nio.file.Path;
import java.util.Optional;

/** Brings arms to their latents: trains their autoencoders, unless they are finished, and encodes every image. */
record Autoencoders(RunContext context) {

    /**
     * What the way to the latents took.
     *
     * @param report what is told of it
     * @param cost of it, before the denoiser begins
     */
    record Prepared(AutoencoderReport report, Cost cost) {}

    /** Arithmetic of encoding an image, and of encoding and decoding it, in 10^9 operations. */
    record Arithmetic(double encoding, double both) {}

    /** Prepares {@code run}, if its arm works in latents. */
    Optional<Prepared> prepare(ArmRun run) {
        return run.arm().autoencoder().map(choice -> {
            Path folder = choice.folder(run.out());
            Optional<Measured<TrainingResult>> training = train(choice);
            double seconds = context.stages()
                    .apart(
                            "encode " + run.name(),
                            () -> run.prepare(context.images().trained(), context.listener()))
                    .seconds();
            return new Prepared(report(run, folder, training, seconds), cost(run, folder, training, seconds));
        });
    }

    private Optional<Measured<TrainingResult>> train(AutoencoderChoice choice) {
        if (!(choice instanceof AutoencoderChoice.Trained trained)) {
            return Optional.empty();
        }
        ComparisonSettings settings = context.settings();
        Budget budget = settings.plan().budget().part(trained.share());
        VaeRecipe recipe = trained.recipe().withResolution(settings.resolution());
        PausingListener whole = new PausingListener(context.listener(), 1);
        TrainingSession session =
                new TrainingSession(budget, true, whole, settings.plan().clock());
        return Optional.of(context.stages()
                .apart(
                        "train " + trained.name(),
                        TrainingResult.class,
                        () -> whole.complete(VaeTrainer.train(
                                recipe, context.images().trained(), trained.folder(settings.out()), session))));
    }

    private AutoencoderReport report(
            ArmRun run, Path folder, Optional<Measured<TrainingResult>> training, double encodingSeconds) {
        ImageQuality reconstructions = context.stages()
                .once("reconstruct " + run.name(), ImageQuality.class, () -> context.meter()
                        .ofReconstructions(folder))
                .result();
        ImageQuality prior = context.stages()
                .once("prior of " + run.name(), ImageQuality.class, () -> context.meter()
                        .ofPrior(folder))
                .result();
        return new AutoencoderReport(
                folder.toString(),
                training.map(Measured::result).orElse(null),
                training.map(Measured::peakMegabytes).orElse(null),
                encodingSeconds,
                reconstructions,
                prior);
    }

    private Cost cost(ArmRun run, Path folder, Optional<Measured<TrainingResult>> training, double encodingSeconds) {
        Arithmetic one = context.stages()
                .once(
                        "count autoencoder of " + run.name(),
                        Arithmetic.class,
                        () -> count(folder, context.settings().resolution()))
                .result();
        double encoding = one.encoding * context.images().trained().size();
        Cost encoded = new Cost(encodingSeconds, encoding, 0);
        return training.map(Measured::result)
                .map(done -> new Cost(done.seconds(), Cost.PASSES * one.both * done.images(), done.images()))
                .map(encoded::plus)
                .orElse(encoded);
    }

    private static Arithmetic count(Path folder, int side) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                AutoencoderKl vae = AutoencoderKl.load(folder, manager)) {
            NDArray image = manager.zeros(new Shape(1, 3, side, side));
            return Gradients.off(() -> Scope.call(() -> {
                double encoding = FlopCounter.count(() -> vae.encode(image)).total() / 1e9;
                double both =
                        FlopCounter.count(() -> vae.decode(vae.encode(image).mode()))
                                        .total()
                                / 1e9;
                return new Arithmetic(encoding, both);
            }));
        }
    }
}
