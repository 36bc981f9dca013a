package io.percolate.pipeline.training.parallel;

import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.GradientShare;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.optim.OptimizerConfig.SlowWeights;
import io.percolate.nn.optim.OuterConfig;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingTask;
import java.util.Optional;
import java.util.OptionalInt;

/** What workers do between two exchanges of weights. */
public enum ParallelMode {
    /** H steps each, on images of their own; an outer optimizer follows the mean of how far they came. */
    LOCAL {
        @Override
        OptimizerConfig driver(OptimizerConfig config) {
            return new OptimizerConfig(
                    new GradientClipping(Double.POSITIVE_INFINITY),
                    outer(config),
                    Optional.empty(),
                    new SlowWeights(config.slow().ema()),
                    false,
                    OptionalInt.empty(),
                    config.states());
        }

        @Override
        Worker worker(SharedTraining training, WorkerSlice slice, WireType wire) {
            TrainingPlan plan = training.plan();
            TrainingTask task = training.task(
                    slice,
                    config -> config.withSlow(new SlowWeights(config.slow().ema())));
            return new LocalStepsWorker(
                    task,
                    new LocalStepsWorker.Settings(
                            innerSteps(plan.optimizerConfig()),
                            plan.optimizer().learningRate(),
                            slice.seed(plan.seed()),
                            wire,
                            WorkerFiles.of(training.run(), slice)));
        }

        @Override
        int innerSteps(OptimizerConfig config) {
            return outer(config).steps();
        }

        @Override
        int divisor(int workers) {
            return workers;
        }

        @Override
        int batchSize(int workerBatch, int workers) {
            return workerBatch * workers;
        }

        @Override
        Position next(RoundSum sum) {
            return Position.START;
        }

        @Override
        boolean savesEveryRound() {
            return true;
        }

        @Override
        boolean suits(WireType wire) {
            return true;
        }
    },
    /** The gradient of a part of every batch; the sum is that of the whole batch. */
    SYNCHRONOUS {
        @Override
        OptimizerConfig driver(OptimizerConfig config) {
            return config.withSlow(new SlowWeights(config.slow().ema()));
        }

        @Override
        Worker worker(SharedTraining training, WorkerSlice slice, WireType wire) {
            TrainingPlan plan = training.plan();
            OptimizerConfig config = plan.optimizerConfig();
            return new SynchronousWorker(
                    training.steps(parameters -> new GradientShare(parameters, config, slice.index(), slice.count())),
                    plan.seed());
        }

        @Override
        int innerSteps(OptimizerConfig config) {
            return 1;
        }

        @Override
        int divisor(int workers) {
            return 1;
        }

        @Override
        int batchSize(int workerBatch, int workers) {
            return workerBatch;
        }

        @Override
        Position next(RoundSum sum) {
            return sum.next();
        }

        @Override
        boolean savesEveryRound() {
            return false;
        }

        @Override
        boolean suits(WireType wire) {
            return wire == WireType.FP32;
        }
    };

    /** What moves the weights of the driver along what the workers contribute. */
    abstract OptimizerConfig driver(OptimizerConfig config);

    /** The worker that has {@code slice} of the images. */
    abstract Worker worker(SharedTraining training, WorkerSlice slice, WireType wire);

    /** Steps of a worker in a round. */
    abstract int innerSteps(OptimizerConfig config);

    /** What the sum of all contributions is divided by. */
    abstract int divisor(int workers);

    /** Images of one step of all workers together, by the {@code batch_size} of the recipe. */
    abstract int batchSize(int recipeBatch, int workers);

    /** The place in the data that all workers share after a round; the beginning if each has its own. */
    abstract Position next(RoundSum sum);

    abstract boolean savesEveryRound();

    /** Whether contributions may travel like that: what rounding takes needs a worker that keeps it. */
    abstract boolean suits(WireType wire);

    /** The outer optimizer of a recipe, or the usual one. */
    private static OuterConfig outer(OptimizerConfig config) {
        return config.slow().outer().orElse(OuterConfig.DEFAULT);
    }
}
