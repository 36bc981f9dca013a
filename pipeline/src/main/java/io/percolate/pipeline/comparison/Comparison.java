package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.Autoencoders.Prepared;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.report.ArmReport;
import io.percolate.pipeline.comparison.report.AutoencoderReport;
import io.percolate.pipeline.comparison.report.ComparisonReport;
import io.percolate.pipeline.comparison.report.ComparisonSetup;
import io.percolate.pipeline.comparison.report.ImageQuality;
import io.percolate.pipeline.comparison.report.Machine;
import io.percolate.pipeline.comparison.report.RunReport;
import io.percolate.pipeline.comparison.stages.ChildProcesses;
import io.percolate.pipeline.comparison.stages.SingleStage;
import io.percolate.pipeline.comparison.stages.StageHost;
import io.percolate.pipeline.comparison.stages.StageLock;
import io.percolate.pipeline.comparison.stages.Stages;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Denoisers on pixels and in latents, trained with as much of the same each on the same images, and measured by the
 * images that they generate (the question of Rombach et al. 2022, section 4.1).
 *
 * <p>A comparison that was killed goes on where it was when it is run again. Reading images, encoding them and training
 * the autoencoder, unless a finished one is given, count too.
 */
public final class Comparison {

    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    private final ComparisonSettings settings;
    private final RunContext context;

    private Comparison(ComparisonSettings settings, RunContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** Runs what is not yet finished of a comparison, watched by nobody. */
    public static ComparisonReport run(ComparisonSettings settings) {
        return run(settings, TrainingListener.NONE);
    }

    /**
     * Runs what is not yet finished of a comparison, and writes {@code report.html}, {@code report.json}, {@code
     * report.md}, {@code grid.png}, {@code trained.png} where there are captions, {@code loss.png} and {@code
     * quality.png} beside the run folders.
     *
     * @param listener watches the trainings, one after the other
     * @throws IllegalArgumentException if something does not fit, before anything is done
     */
    public static ComparisonReport run(ComparisonSettings settings, TrainingListener listener) {
        return run(settings, listener, StageHost.HERE);
    }

    /** The same; stages that take much memory are left to {@code host}, of which {@code listener} hears nothing. */
    public static ComparisonReport run(ComparisonSettings settings, TrainingListener listener, StageHost host) {
        StageLock.await(settings.out());
        return with(settings, listener, host, comparison -> {
            comparison.begin();
            return comparison.report();
        });
    }

    /** Does {@code stage} alone, in a process that {@link ChildProcesses} started. */
    public static void runStage(ComparisonSettings settings, TrainingListener listener, String stage) {
        StageLock.holding(
                settings.out(),
                () -> SingleStage.run(stage, host -> with(settings, listener, host, Comparison::report)));
    }

    private static ComparisonReport with(
            ComparisonSettings settings,
            TrainingListener listener,
            StageHost host,
            Function<Comparison, ComparisonReport> work) {
        ComparedImages images = ComparedImages.of(settings);
        try (QualityMeter meter = new QualityMeter(images, settings.resolution(), settings.features())) {
            Stages stages = Stages.open(
                    settings.out(), settings.identity(), settings.plan().clock(), host);
            return work.apply(new Comparison(settings, new RunContext(settings, images, stages, meter, listener)));
        }
    }

    private void begin() {
        context.meter().prepare();
        if (context.stages().noneIsFinished()) {
            refuseWhatTrainingWould();
            context.stages().begin();
        }
        LOG.info("comparison: {}", new StepCosts(context).forecast());
    }

    private ComparisonReport report() {
        Map<String, ArmReport> arms = new LinkedHashMap<>();
        Optional<Cost> reference = Optional.empty();
        for (ArmRecipe arm : settings.arms()) {
            ArmStages stages = new ArmStages(arm, reference);
            arms.put(arm.name(), stages.report());
            reference = reference.or(() -> Optional.of(stages.cost()));
        }
        ImageQuality real = context.stages()
                .once("quality of real images", ImageQuality.class, () -> context.meter()
                        .ofReal())
                .result();
        ComparisonReport report = new ComparisonReport(setup(), real, arms, Machine.here());
        new ReportImages(context).write(report);
        return report;
    }

    /** Preparing to train on pixels fails where training would, and leaves nothing behind. */
    private void refuseWhatTrainingWould() {
        settings.arms().stream().filter(arm -> arm.autoencoder().isEmpty()).forEach(arm -> new ArmRun(
                        arm, 0, settings.out())
                .prepare(context.images().trained(), TrainingListener.NONE));
    }

    private ComparisonSetup setup() {
        return new ComparisonSetup(
                settings.resolution(),
                settings.plan().budget().toString(),
                settings.plan().clock().words(),
                settings.plan().equal().name().toLowerCase(Locale.ROOT),
                settings.plan().seeds(),
                context.images().trained().size(),
                settings.samples().images(),
                settings.samples().steps(),
                context.images().choice());
    }

    /** One arm, all its runs. */
    private final class ArmStages {

        private final ArmRecipe arm;
        private final ArmRun first;
        private final Optional<Prepared> prepared;
        private final double gflopPerImage;
        private final ArmBudget budget;
        private final List<ArmTraining> trainings = new ArrayList<>();
        private final List<RunReport> runs = new ArrayList<>();

        ArmStages(ArmRecipe arm, Optional<Cost> reference) {
            this.arm = arm;
            first = new ArmRun(arm, 0, settings.out());
            prepared = new Autoencoders(context).prepare(first);
            gflopPerImage = Cost.PASSES * new StepCosts(context).of(first).gflop();
            budget = reference
                    .filter(whole -> settings.plan().equal() != Equality.TIME)
                    .map(this::equalTo)
                    .orElseGet(() -> ArmBudget.ofTime(settings.plan().budget(), arm.share(), encodingSeconds()));
            for (int seed = 0; seed < settings.plan().seeds(); seed++) {
                ArmRun run = new ArmRun(arm, seed, settings.out());
                trainings.add(new ArmTraining(context, run, budget, before(), gflopPerImage));
            }
            trainings.forEach(training -> runs.add(training.finish()));
        }

        private Cost before() {
            return prepared.map(Prepared::cost).orElse(Cost.NONE);
        }

        private double encodingSeconds() {
            return prepared.map(Prepared::report)
                    .map(AutoencoderReport::encodingSeconds)
                    .orElse(0.0);
        }

        private ArmBudget equalTo(Cost whole) {
            int batch = arm.model().batchSize();
            Equality equal = settings.plan().equal();
            Cost step = new Cost(0, gflopPerImage * batch, batch);
            return new ArmBudget(
                    equal.left(arm.name(), whole, before(), step), 1 - equal.amount(before()) / equal.amount(whole));
        }

        /** What the first run took altogether. */
        Cost cost() {
            TrainingResult training = runs.get(0).training();
            return before().plus(new Cost(training.seconds(), gflopPerImage * training.images(), training.images()));
        }

        ArmReport report() {
            return new ArmReport(
                    arm.model().space(),
                    arm.model().parameters(first.folder()),
                    trainings.get(0).generation().result().gflopPerPrediction(),
                    prepared.map(Prepared::report).orElse(null),
                    runs);
        }
    }
}
