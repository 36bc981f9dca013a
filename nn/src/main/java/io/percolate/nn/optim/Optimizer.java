package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.layers.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * One step of training after another: gradients, clipping, an {@link UpdateRule}, gradients cleared, {@link Ema}; and
 * an outer step every few steps, if {@link OptimizerConfig.SlowWeights} says so.
 *
 * <pre>{@code
 * optimizer.setLearningRate(schedule.at(optimizer.steps(), totalSteps));
 * Update update = optimizer.minimise(() -> model.loss(batch));
 * }</pre>
 *
 * Not thread-safe.
 */
public final class Optimizer implements Minimiser, AutoCloseable {

    private final ParameterGroup weights;
    private final OptimizerConfig config;
    private final List<UpdateRule> rules = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final Ema ema;
    private final Optional<OuterOptimizer> outer;
    private double learningRate;

    /** For trainable float32 parameters ({@link io.percolate.nn.layers.Layer#makeTrainable}), by name. */
    public Optimizer(Map<String, Parameter> parameters, OptimizerConfig config) {
        this(parameters, config, name -> 1);
    }

    /** The same where a parameter's step is {@code ratio} of its name times the learning rate. */
    public Optimizer(Map<String, Parameter> parameters, OptimizerConfig config, ToDoubleFunction<String> ratio) {
        this.config = config;
        weights = new ParameterGroup(parameters);
        Map<Double, Map<String, Parameter>> groups = new LinkedHashMap<>();
        parameters.forEach(
                (name, parameter) -> groups.computeIfAbsent(ratio.applyAsDouble(name), same -> new LinkedHashMap<>())
                        .put(name, parameter));
        groups.forEach(this::addRules);
        ema = new Ema(parameters, config.slow().ema(), config.states().averages());
        outer = config.slow()
                .outer()
                .map(wanted ->
                        new OuterOptimizer(parameters, wanted, config.states().rules()));
    }

    /** The step size from the next step on; 0 at first. */
    public void setLearningRate(double value) {
        learningRate = value;
    }

    /**
     * Moves the weights along the gradient of {@code loss}, and frees what it took. If the loss or the gradient is
     * not finite, the weights, the averages and the step count stay as they were.
     *
     * @param loss a float32 scalar; runs with gradients on, in a scope of its own
     * @throws IllegalStateException if after the first backward pass some parameters have no gradient: it
     *     names all of them
     */
    public Update minimise(Supplier<NDArray> loss) {
        return minimise(1, all -> loss.get());
    }

    /**
     * The same for the mean loss of a batch, which goes through the network in micro-batches: the weights move as if it
     * went whole.
     *
     * @param batchSize how many images the batch has
     * @param loss the mean over the images of one micro-batch
     */
    @Override
    public Update minimise(int batchSize, Function<MicroBatch, NDArray> loss) {
        int size = config.microBatch().orElse(batchSize);
        return descend(MicroBatch.backward(MicroBatch.split(batchSize, size), config.gradientCheckpointing(), loss));
    }

    /** The same along the gradients that the parameters have, those of {@code loss}. */
    public Update descend(float loss) {
        float norm = config.clipping().clip(weights.withGradients());
        Update update = new Update(steps(), loss, norm, learningRate);
        if (update.finite()) {
            move();
        }
        weights.dropGradients();
        if (update.finite()) {
            outer.ifPresentOrElse(this::follow, () -> ema.update((int) (steps() - update.step())));
        }
        return update;
    }

    private void follow(OuterOptimizer optimizer) {
        if (optimizer.sinceLast(steps()) == 0) {
            optimizer.step();
            ema.update(optimizer.innerSteps());
        }
    }

    /** Number of steps taken. */
    public long steps() {
        return rules.get(0).steps();
    }

    /** The running averages of every rule, and those of the outer optimizer, by name: the live arrays, not copies. */
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        rules.forEach(rule -> state.putAll(rule.state()));
        outer.ifPresent(optimizer -> state.putAll(optimizer.state()));
        return state;
    }

    /** Continues where another run was, with its {@link #state}, the state of its {@link #ema} and its steps. */
    public void restore(Map<String, NDArray> state, Map<String, NDArray> averages, long stepsTaken) {
        rules.forEach(rule -> rule.restore(state, stepsTaken));
        outer.ifPresent(optimizer -> optimizer.restore(state, stepsTaken));
        ema.restore(
                averages,
                stepsTaken
                        - outer.map(optimizer -> optimizer.sinceLast(stepsTaken))
                                .orElse(0L));
    }

    /** The averaged weights. */
    public Ema ema() {
        return ema;
    }

    /** Frees the state; the parameters stay. */
    @Override
    public void close() {
        rules.forEach(UpdateRule::close);
        outer.ifPresent(OuterOptimizer::close);
        ema.close();
    }

    private void addRules(double ratio, Map<String, Parameter> parameters) {
        Map<String, Parameter> matrices = new LinkedHashMap<>();
        Map<String, Parameter> others = new LinkedHashMap<>();
        parameters
                .entrySet()
                .forEach(entry -> (config.muon().isPresent() && MuonConfig.suits(entry) ? matrices : others)
                        .put(entry.getKey(), entry.getValue()));
        if (!others.isEmpty()) {
            add(config.rule().rule(others, config.states().rules()), ratio);
        }
        if (!matrices.isEmpty()) {
            add(config.muon().orElseThrow().rule(matrices, config.states().rules()), ratio);
        }
    }

    private void add(UpdateRule rule, double ratio) {
        rules.add(rule);
        ratios.add(ratio);
    }

    private void move() {
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).step(learningRate * ratios.get(i));
        }
    }

    /**
     * What a step did.
     *
     * @param step its number, counted from 0
     * @param loss before the step
     * @param gradientNorm Euclidean norm of all gradients before clipping
     * @param learningRate the step size
     */
    public record Update(long step, float loss, float gradientNorm, double learningRate) {

        /** Whether the weights moved: they do not if the loss or the gradients contain infinity or NaN. */
        public boolean finite() {
            return Float.isFinite(loss) && Float.isFinite(gradientNorm);
        }
    }
}
