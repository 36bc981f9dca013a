package io.percolate.diffusion.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.NoiseSchedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class SdeTest {

    private static final NoiseSchedule DDPM = DiffusionProcess.ddpm().schedule();
    private static final NoiseSchedule STABLE_DIFFUSION =
            DiffusionProcess.stableDiffusion().schedule();

    private static final List<Sde> SDES =
            List.of(VariancePreserving.DEFAULT, SubVariancePreserving.DEFAULT, VarianceExploding.DEFAULT);

    /** Särkkä and Solin 2019, eq. 6.2: dm/dt = f m and dP/dt = 2 f P + g^2. */
    @Test
    void marginalsFollowFromDriftAndDiffusion() {
        double h = 1e-5;
        for (Sde sde : SDES) {
            for (double time = 0.01; time < 1; time += 0.07) {
                Marginal at = sde.marginal(time);
                double alphaRate =
                        (sde.marginal(time + h).alpha() - sde.marginal(time - h).alpha()) / (2 * h);
                double varianceRate = (variance(sde, time + h) - variance(sde, time - h)) / (2 * h);
                double expected = 2 * sde.driftFactor(time) * variance(sde, time) + square(sde.diffusion(time));
                assertThat(alphaRate).isCloseTo(sde.driftFactor(time) * at.alpha(), within(1e-6));
                assertThat(varianceRate).isCloseTo(expected, within(1e-6 * Math.max(1, expected)));
            }
        }
    }

    @Test
    void timesAreFoundByTheirNoise() {
        for (Sde sde : SDES) {
            for (double time = 1e-4; time <= 1; time += 0.0999) {
                assertThat(sde.timeOf(sde.marginal(time).sigma())).isCloseTo(time, within(1e-7));
            }
        }
    }

    @Test
    void varianceIsPreservedUpToTheLastDigit() {
        for (double time = 0; time <= 1; time += 0.1) {
            Marginal marginal = VariancePreserving.DEFAULT.marginal(time);
            assertThat(square(marginal.alpha()) + square(marginal.std())).isCloseTo(1, within(1e-12));
            assertThat(SubVariancePreserving.DEFAULT.marginal(time).std()).isLessThanOrEqualTo(marginal.std());
        }
    }

    /** Song et al. 2021, appendix B: DDPM's schedule is a discretisation of the continuous process. */
    @Test
    void theContinuousProcessAgreesWithTheLinearSchedule() {
        for (int t = 0; t < 1000; t += 111) {
            double alpha = VariancePreserving.DEFAULT.marginal((t + 1) / 1000.0).alpha();
            assertThat(alpha * alpha).isCloseTo(DDPM.alphaCumprod(t), within(2e-3));
        }
    }

    @Test
    void theProcessOfALinearScheduleIsItsLimit() {
        VariancePreserving sde = VariancePreserving.of(DDPM);
        assertThat(sde.betaStart()).isCloseTo(0.1, within(1e-3));
        assertThat(sde.betaEnd()).isCloseTo(20, within(0.2));
    }

    @Test
    void theProcessOfAnyScheduleEndsWithItsNoise() {
        for (NoiseSchedule schedule : List.of(DDPM, STABLE_DIFFUSION)) {
            double last = schedule.level(999).sigma();
            for (Sde sde : List.of(
                    VariancePreserving.of(schedule),
                    SubVariancePreserving.of(schedule),
                    VarianceExploding.of(schedule))) {
                assertThat(sde.marginal(1).sigma()).isCloseTo(last, within(1e-9 * last));
                double first = sde.timeOf(schedule.level(0).sigma());
                assertThat(first).isGreaterThanOrEqualTo(0).isLessThan(0.03);
            }
        }
    }

    @Test
    void processesThatDoNotRiseAreRefused() {
        assertThatThrownBy(() -> new VariancePreserving(20, 0.1)).hasMessageContaining("beta from 20.0 to 0.1");
        assertThatThrownBy(() -> new SubVariancePreserving(-1, 1)).hasMessageContaining("beta from -1.0");
        assertThatThrownBy(() -> new VarianceExploding(0, 50)).hasMessageContaining("sigma from 0.0 to 50.0");
    }

    private static double variance(Sde sde, double time) {
        return square(sde.marginal(time).std());
    }

    private static double square(double x) {
        return x * x;
    }
}
