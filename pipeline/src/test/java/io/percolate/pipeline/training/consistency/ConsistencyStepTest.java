package io.percolate.pipeline.training.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.training.consistency.ConsistencyObjective.GuidanceRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsistencyStepTest {

    private static final int CONTEXT = 32;
    private static final SolverSteps STEPS = new SolverSteps(1000, 50);

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** Each image has its own timesteps and its own guidance scale. */
    @ParameterizedTest
    @EnumSource
    void theSolverGoesWhereDdimGoesUnderGuidance(Prediction prediction) {
        DiffusionProcess process = DiffusionProcess.stableDiffusion().withPrediction(prediction);
        UNet unet = new UNet(UNetConfig.small(4, 8, CONTEXT));
        unet.initialise(manager, 1);
        NDArray x = normal(2, new Shape(2, 4, 8, 8));
        int[] steps = {3, 40};
        double[] scales = {1.5, 6};
        DenoiserInputs told = DenoiserInputs.context(normal(3, new Shape(2, 5, CONTEXT)));
        DenoiserInputs untold = DenoiserInputs.context(normal(4, new Shape(2, 5, CONTEXT)));
        NDArray solved = new GuidedSolver(new TimedDenoiser(unet, process, Precision.FP32))
                .solve(x, STEPS.from(steps, manager), STEPS.to(steps, manager), told, untold, scales);
        NoiseSchedule schedule = process.schedule();
        long[][] ends = {{79, 59}, {819, 799}};
        for (int i = 0; i < ends.length; i++) {
            int image = i;
            Steps one = Steps.between(List.of(schedule.level(ends[i][0]), schedule.level(ends[i][1])), 1);
            NDArray alone = Gradients.off(() -> new Ddim(0)
                    .sample(
                            prediction.predictor((xt, timestep) -> {
                                NDArray t = TorchArray.of(manager, new float[] {(float) timestep});
                                NDArray without = unet.forward(xt, t, untold.rows(image, image + 1));
                                NDArray with = unet.forward(xt, t, told.rows(image, image + 1));
                                return without.add(with.sub(without)
                                        .mul(TorchArray.of(manager, new float[] {(float) scales[image]})));
                            }),
                            x.get("{}:{}", image, image + 1),
                            one,
                            StepNoise.NONE));
            assertThat(alone.sub(solved.get("{}:{}", image, image + 1))
                            .abs()
                            .max()
                            .getFloat())
                    .isLessThan(1e-4f);
        }
    }

    @Test
    void theLastStepOfTheSolverEndsAtTheLeastNoise() {
        int[] steps = {0, 49};
        assertThat(STEPS.from(steps, manager).toLongArray()).containsExactly(19, 999);
        assertThat(STEPS.to(steps, manager).toLongArray()).containsExactly(0, 979);
        assertThat(Arrays.stream(STEPS.sample(1000, new RandomStream(1))).boxed())
                .contains(0, 49)
                .allMatch(step -> step >= 0 && step < 50);
    }

    @Test
    void largeDifferencesCountByTheirSizeAndByTheirImage() {
        ConsistencyObjective objective = new ConsistencyObjective(
                DiffusionProcess.stableDiffusion(), STEPS, new GuidanceRange(1, 8), new CaptionDropout(0), 0.001);
        NDArray zero = manager.zeros(new Shape(2, 3));
        NDArray three = NDArrays.concat(new NDList(manager.full(new Shape(1, 3), 3), manager.zeros(new Shape(1, 3))));
        assertThat(objective.distance(zero, zero, List.of(1.0, 1.0)).getFloat()).isCloseTo(0, within(1e-9f));
        assertThat(objective.distance(three, zero, List.of(1.0, 1.0)).getFloat())
                .isCloseTo(1.5f, within(1e-3f));
        assertThat(objective.distance(three, zero, List.of(0.5, 1.0)).getFloat())
                .isCloseTo(0.75f, within(1e-3f));
    }

    @Test
    void scalesAreDrawnFromTheirRange() {
        assertThat(Arrays.stream(new GuidanceRange(1.5, 4).sample(100, new RandomStream(2)))
                        .boxed())
                .allMatch(scale -> scale >= 1.5 && scale < 4)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> new GuidanceRange(4, 2))
                .hasMessage("guidance scales from 4.0 to 2.0: give two above 0, the lower first, such as 1 and 8");
        assertThatThrownBy(() -> new SolverSteps(100, 200)).hasMessageContaining("solver_steps is 200");
    }

    private NDArray normal(long seed, Shape shape) {
        return NoiseSource.seeded(seed).normal(manager, shape, DataType.FLOAT32);
    }
}
