package io.percolate.pipeline.training.consistency;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.GuidanceEmbedding;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.MicroBatch;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.BatchMeans;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.training.DiffusionNetworks;
import io.percolate.pipeline.training.Learning;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.space.TrainingSpace;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Distils a guided denoiser into a consistency function, one batch after another (Luo et al. 2023, algorithm 1): from where
 * the solver goes in a step, the function is to arrive at the same clean image as from where it comes. Where that is, the
 * network's averaged weights say: its own would run away from themselves. Not thread-safe.
 */
public final class ConsistencyStep implements Learning {

    private static final long SEED = 0x5eed;

    private final TrainingSpace space;
    private final Conditioning conditioning;
    private final GuidedSolver solver;
    private final ConsistencyFunction function;
    private final GuidanceEmbedding guidance;
    private final ConsistencyObjective objective;
    private final Optimizer optimizer;

    /**
     * A step that is always the same.
     *
     * @param teacher the denoiser that is distilled, and what it is told, where
     * @param student what becomes the consistency function: it is told the guidance scale
     * @param precision what both compute in
     * @param optimizer of the student, whose averages are the target
     */
    public ConsistencyStep(
            DiffusionNetworks teacher,
            UNet student,
            ConsistencyObjective objective,
            Precision precision,
            Optimizer optimizer) {
        space = teacher.space();
        conditioning = teacher.conditioning();
        solver = new GuidedSolver(new TimedDenoiser(teacher.unet(), objective.process(), precision));
        function = new ConsistencyFunction(new TimedDenoiser(student, objective.process(), precision));
        guidance = new GuidanceEmbedding(
                student.config().embedding().time().guidanceWidth().orElseThrow());
        this.objective = objective;
        this.optimizer = optimizer;
    }

    /** One optimisation step of the student. */
    @Override
    public StepResult step(Batch batch, RandomSource random) {
        Trial trial = trial(batch, random);
        return StepResult.of(optimizer.minimise(batch.size(), part -> loss(trial, part)));
    }

    /** {@code held_out_loss}: the same with noise, steps and scales that depend on an image's place alone. */
    @Override
    public Map<String, Double> validate(BatchLoader heldOut, NDManager manager) {
        return BatchMeans.of(
                heldOut,
                manager,
                (batch, before) -> Map.of("held_out_loss", loss(batch, RandomStream.of(SEED, before))));
    }

    private double loss(Batch batch, RandomSource random) {
        MicroBatch whole = new MicroBatch(0, batch.size(), batch.size());
        return Gradients.off(() -> (double) loss(trial(batch, random), whole).getFloat());
    }

    private Trial trial(Batch batch, RandomSource random) {
        NDArray latents = space.encode(batch, random); // z0, scaled
        NDManager manager = latents.getManager();
        int[] steps = objective.steps().sample(batch.size(), random);
        NDArray from = objective.steps().from(steps, manager);
        NDArray noisy = solver.denoiser().schedule().addNoise(latents, random.normal(latents), from); // zt
        double[] scales = objective.guidance().sample(batch.size(), random);
        List<String> prompts = objective.captionDropout().apply(conditioning.prompts(batch), random);
        return new Trial(batch, prompts, noisy, from, objective.steps().to(steps, manager), scales);
    }

    /** How far apart both ends of the solver's steps arrive. */
    private NDArray loss(Trial trial, MicroBatch part) {
        NDArray zt = part.of(trial.noisy);
        NDArray from = part.of(trial.from);
        NDArray to = part.of(trial.to);
        double[] scales = Arrays.copyOfRange(trial.scales, part.first(), part.first() + part.size());
        List<Frame> frames = part.of(trial.batch.frames());
        DenoiserInputs told = conditioning.encode(part.of(trial.prompts), frames);
        DenoiserInputs untold = conditioning.encode(Collections.nCopies(part.size(), ""), frames);
        NDArray nearer = solver.solve(zt, from, to, told, untold, scales);
        DenoiserInputs guided = told.withGuidance(guidance.of(scales, zt.getManager()));
        NDArray target = Gradients.off(() -> optimizer.ema().applied(() -> function.apply(nearer, to, guided)));
        return objective.distance(function.apply(zt, from, guided), target, part.of(trial.batch.lossWeights()));
    }

    /**
     * A step of the solver for each image of a batch.
     *
     * @param prompts what is said of each image
     * @param noisy where it begins (B,C,h,w)
     * @param from its timesteps there (B)
     * @param to and where it ends (B)
     * @param scales of guidance (B)
     */
    private record Trial(Batch batch, List<String> prompts, NDArray noisy, NDArray from, NDArray to, double[] scales) {}
}
