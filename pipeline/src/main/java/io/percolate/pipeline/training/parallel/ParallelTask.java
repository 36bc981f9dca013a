package io.percolate.pipeline.training.parallel;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingTask;
import java.nio.file.Path;
import java.util.Map;

/**
 * A training whose steps are rounds of several workers. It keeps the weights, their averages and the optimizer that
 * follows the workers; a round counts as the inner steps that each worker takes in it.
 */
final class ParallelTask implements TrainingTask {

    private final TrainingTask main;
    private final ParallelPlan plan;
    private final Workers workers;
    private long totalSteps = 1;
    private Position position = Position.START;

    /**
     * A training of {@code main}, which takes no steps itself.
     *
     * @param main its optimizer is of {@link ParallelMode#driver}; closed with this task
     */
    ParallelTask(TrainingTask main, ParallelPlan plan, Workers workers) {
        this.main = main;
        this.plan = plan;
        this.workers = workers;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return main.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return main.optimizer();
    }

    @Override
    public void expect(long steps) {
        totalSteps = steps;
    }

    @Override
    public boolean savesEveryStep() {
        return plan.mode().savesEveryRound();
    }

    @Override
    public void begin(Position start) {
        position = start;
    }

    @Override
    public Position position() {
        return position;
    }

    /** One round; the workers have randomness of their own, by the step and the seed of the recipe. */
    @Override
    public StepResult step(NDManager manager, RandomSource random) {
        FlatWeights flat = new FlatWeights(parameters(), manager);
        RoundSum sum = workers.run(new Round(optimizer().steps(), totalSteps, position), flat.values());
        requireAll(sum);
        flat.addGradients(sum.change(plan.mode().divisor(plan.workers())));
        position = plan.mode().next(sum);
        double loss = sum.loss() / plan.mode().divisor(plan.workers());
        return StepResult.of(optimizer().descend((float) loss));
    }

    private void requireAll(RoundSum sum) {
        if (sum.count() != plan.workers()) {
            throw new IllegalStateException(sum.count() + " of " + plan.workers() + " workers contributed to a round");
        }
    }

    /** Nothing: what workers wait for is part of their rounds. */
    @Override
    public double waitedSeconds() {
        return 0;
    }

    @Override
    public void writeSample(NDManager manager, Path png) {
        main.writeSample(manager, png);
    }

    @Override
    public Map<String, Double> validate(NDManager manager) {
        return main.validate(manager);
    }

    @Override
    public int sampleSide() {
        return main.sampleSide();
    }

    @Override
    public void save(Path folder) {
        main.save(folder);
    }

    @Override
    public void close() {
        main.close();
    }
}
