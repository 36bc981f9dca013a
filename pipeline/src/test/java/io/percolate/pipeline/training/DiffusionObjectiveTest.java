package io.percolate.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.sde.Sde;
import io.percolate.diffusion.sde.SdeKind;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.training.recipe.LossRecipe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiffusionObjectiveTest {

    private static final int IMAGES = 4000;
    private static final DiffusionProcess PROCESS = DiffusionProcess.stableDiffusion();
    private static final NoiseSchedule SCHEDULE = PROCESS.schedule();

    /** Noise is no more than {@code sigma} as often as the process's time is below that of {@code sigma}. */
    @ParameterizedTest
    @EnumSource
    void timesOfAProcessAreUniform(SdeKind kind) {
        Sde sde = kind.of(SCHEDULE);
        List<Double> timesteps = timesteps(Optional.of(kind));
        for (double time : new double[] {0.1, 0.25, 0.5, 0.75, 0.9}) {
            double timestep = SCHEDULE.timestepOf(sde.marginal(time).sigma());
            double share = (double) timesteps.stream().filter(t -> t < timestep).count() / IMAGES;
            assertThat(share).isCloseTo(time, within(0.025));
        }
        assertThat(timesteps).anyMatch(t -> t != Math.rint(t));
    }

    @Test
    void withoutAProcessTimestepsAreWhole() {
        assertThat(timesteps(Optional.empty())).allMatch(t -> t == Math.rint(t) && t >= 0 && t < 1000);
    }

    private static List<Double> timesteps(Optional<SdeKind> kind) {
        LossRecipe recipe = new LossRecipe(LossRecipe.DEFAULT.timesteps(), kind, LossRecipe.DEFAULT.weighting());
        DiffusionObjective objective = DiffusionObjective.of(recipe, PROCESS, new CaptionDropout(0));
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray timesteps = objective.timesteps(manager, IMAGES, new Random(1));
            return Arrays.stream(timesteps.toType(DataType.FLOAT64, true).toArray())
                    .map(Number::doubleValue)
                    .toList();
        }
    }
}
