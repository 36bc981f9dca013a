package io.percolate.pipeline.comparison;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.comparison.Stages.Measured;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The same denoiser in latents and on pixels, trained in the same time on the same images in the same order, and
 * measured by the images that it generates (the question of Rombach et al. 2022, section 4.1).
 *
 * <p>A comparison that was killed goes on where it was when it is run again. Wall-clock time is what is equal, not
 * steps: reading images, encoding them and training the autoencoder, unless a finished one is given, count too.
 */
public final class Comparison {

    /** Longer than any training: neither arm generates samples, or is validated, in its training time. */
    private static final double NEVER = 1e6;

    private final ComparisonSettings settings;
    private final ComparedImages images;
    private final Path vae;
    private final Arm latents;
    private final Arm pixels;
    private final Stages stages;
    private final TrainingListener listener;

    private Comparison(ComparisonSettings settings, TrainingListener listener) {
        this.settings = settings;
        this.listener = listener;
        Path out = settings.out();
        images = ComparedImages.of(settings);
        vae = settings.autoencoder().folder(out);
        DiffusionRecipe recipe = settings.recipe().withSamplesEvery(NEVER).withValidation(ValidationPlan.NONE);
        latents = Arm.of("latents", recipe.inLatents(settings.autoencoder().config()), Optional.of(vae), out);
        pixels = Arm.of("pixels", recipe, Optional.empty(), out);
        stages = Stages.open(out, settings.identity());
    }

    /** Runs what is not yet finished of a comparison, watched by nobody. */
    public static ComparisonReport run(ComparisonSettings settings) {
        return run(settings, TrainingListener.NONE);
    }

    /**
     * Runs what is not yet finished of a comparison, and writes {@code report.json}, {@code report.md}, {@code grid.png},
     * {@code loss.png} and {@code quality.png} beside the two run folders.
     *
     * @param listener watches the trainings, one after the other
     * @throws IllegalArgumentException if something does not fit, before anything is done
     */
    public static ComparisonReport run(ComparisonSettings settings, TrainingListener listener) {
        return new Comparison(settings, listener).run();
    }

    private ComparisonReport run() {
        if (stages.noneIsFinished()) {
            refuseWhatTrainingWould();
        }
        Optional<Measured<TrainingResult>> autoencoder = trainAutoencoder();
        Measured<Void> encoding = stages.once("encode", () -> latents.prepare(images.trained()));
        Budget forLatents = budget().part(1 - settings.autoencoder().share()).after(encoding.seconds());
        ArmReport inLatents = run(latents, forLatents);
        ArmReport onPixels = run(pixels, budget());
        Measured<Quality> quality = stages.once("quality", Quality.class, this::measure);
        ComparisonReport report = new ComparisonReport(
                settings.resolution(),
                budget().toString(),
                images.trained().size(),
                settings.samples().images(),
                settings.samples().steps(),
                AutoencoderReport.of(vae, autoencoder, encoding.seconds()),
                inLatents,
                onPixels,
                quality.result());
        new ReportFiles(settings.out(), report).write(latents, pixels, sampling());
        return report;
    }

    /** Preparing to train on pixels fails where training would, and leaves nothing behind. */
    private void refuseWhatTrainingWould() {
        pixels.prepare(images.trained());
    }

    private Budget budget() {
        return settings.budget();
    }

    private TrainingSession session(Budget budget) {
        return new TrainingSession(budget, true, listener);
    }

    private Optional<Measured<TrainingResult>> trainAutoencoder() {
        if (!(settings.autoencoder() instanceof AutoencoderChoice.Trained trained)) {
            return Optional.empty();
        }
        Budget share = budget().part(trained.share());
        VaeRecipe recipe = trained.recipe().withResolution(settings.resolution());
        return Optional.of(stages.once(
                "train vae",
                TrainingResult.class,
                () -> complete(VaeTrainer.train(recipe, images.trained(), vae, session(share)))));
    }

    private ArmReport run(Arm arm, Budget budget) {
        Measured<TrainingResult> training = stages.once(
                "train " + arm.name(),
                TrainingResult.class,
                () -> complete(arm.train(images.trained(), session(budget))));
        Measured<ArmSampling.Cost> generation =
                stages.once("generate " + arm.name(), ArmSampling.Cost.class, () -> sampling()
                        .generate(arm));
        return ArmReport.of(arm, training, generation);
    }

    private Quality measure() {
        int side = settings.resolution();
        return Quality.measure(
                new Quality.Sets(
                        ComparedImages.read(images.heldOut(), side),
                        ComparedImages.read(images.known(), side),
                        sampling().read(latents),
                        sampling().read(pixels)),
                vae);
    }

    private ArmSampling sampling() {
        return new ArmSampling(images.heldOut(), settings.samples().steps());
    }

    private static TrainingResult complete(TrainingResult training) {
        if (!training.finished()) {
            throw new CancelledException("stopped while training: the same command goes on");
        }
        return training;
    }
}
