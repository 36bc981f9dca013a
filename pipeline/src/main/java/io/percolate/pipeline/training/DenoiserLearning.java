package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.Minimiser;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.training.session.StepResult;
import java.util.Map;

/** By images with noise: {@link DiffusionStep} and {@link DiffusionValidation}. */
public final class DenoiserLearning implements Learning {

    private final DiffusionNetworks networks;
    private final DiffusionLoss loss;
    private final Precision precision;
    private final DiffusionStep step;

    /** Of {@code networks}, whose parameters {@code optimizer} moves. */
    public DenoiserLearning(
            DiffusionNetworks networks, DiffusionObjective objective, Precision precision, Minimiser optimizer) {
        this.networks = networks;
        this.precision = precision;
        loss = objective.loss();
        step = new DiffusionStep(networks, objective, precision, optimizer);
    }

    @Override
    public StepResult step(Batch batch, RandomSource random) {
        return step.step(batch, random);
    }

    @Override
    public Map<String, Double> validate(BatchLoader heldOut, NDManager manager) {
        return DiffusionValidation.of(networks, loss, precision, heldOut, manager);
    }
}
