package io.percolate.diffusion.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Normal data with their exact score give exact samples, encodings and likelihoods. */
class GaussianTest {

    private static final GaussianData DATA = new GaussianData(0.1, 0.5);
    private static final NDManager MANAGER = TorchEngine.newManager();
    private static final double EARLIEST = 1e-5;
    private static final double ERROR = 1e-3;

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    static Stream<Sde> sdes() {
        return Stream.of(VariancePreserving.DEFAULT, SubVariancePreserving.DEFAULT, new VarianceExploding(0.01, 100));
    }

    @ParameterizedTest
    @MethodSource("sdes")
    void eulerMaruyamaSamplesTheData(Sde sde) {
        assertSamplesTheData(sde, new EulerMaruyama(1_000), 1_010);
    }

    @ParameterizedTest
    @MethodSource("sdes")
    void predictorAndCorrectorSampleTheData(Sde sde) {
        assertSamplesTheData(sde, new PredictorCorrector(600, 1, 0.02), 1_210);
    }

    @ParameterizedTest
    @MethodSource("sdes")
    void theProbabilityFlowSamplesTheData(Sde sde) {
        assertSamplesTheData(sde, new ProbabilityFlow(OdeSolver.DEFAULT), 16);
    }

    @ParameterizedTest
    @MethodSource("sdes")
    void theProbabilityFlowEncodesAndComesBack(Sde sde) {
        Scope.run(() -> {
            ScoreModel model = model(sde);
            double[] data = {-0.9, 0.1, 0.35, 1.2};
            ProbabilityFlow flow = new ProbabilityFlow(OdeSolver.DEFAULT);
            NDArray noise = flow.encode(model, row(data));
            double[] expected =
                    Arrays.stream(data).map(x -> DATA.flow(sde, x, EARLIEST, 1)).toArray();
            assertThat(noise.toDoubleArray()).containsExactly(expected, within(ERROR * sde.priorStd()));
            assertThat(flow.decode(model, noise).toDoubleArray()).containsExactly(data, within(ERROR));
        });
    }

    @ParameterizedTest
    @MethodSource("sdes")
    void likelihoodsAreExact(Sde sde) {
        Scope.run(() -> {
            double[] data = {-0.9, 0.1, 0.35, 1.2, 0.1, -0.2};
            NDArray x = TorchArray.of(MANAGER, data, new Shape(2, 3));
            FlowLikelihood likelihood = new FlowLikelihood(OdeSolver.DEFAULT, Probe.RADEMACHER, 2);
            LogLikelihood nats = likelihood.of(model(sde), x, NoiseSource.seeded(1));
            for (int i = 0; i < 2; i++) {
                double exact = Arrays.stream(data, 3 * i, 3 * i + 3)
                        .map(value -> DATA.logDensity(sde, value, EARLIEST))
                        .sum();
                assertThat(nats.nats(i)).isCloseTo(exact, within(ERROR));
                assertThat(nats.standardError(i)).isLessThan(1e-9);
            }
            assertThat(nats.evaluations()).isBetween(10, 500);
        });
    }

    @ParameterizedTest
    @MethodSource("sdes")
    void theLikelihoodIsThatOfTheData(Sde sde) {
        for (double x = -1; x < 1.3; x += 0.4) {
            double variance = DATA.variance(sde, EARLIEST);
            double density = -0.5 * (Math.log(2 * Math.PI * variance) + (x - 0.1) * (x - 0.1) / variance);
            assertThat(DATA.logDensity(sde, x, EARLIEST)).isCloseTo(density, within(5e-3));
        }
    }

    @Test
    void gaussianProbesAreRightOnAverage() {
        Scope.run(() -> {
            double[] data = {-0.9, 0.1, 0.35, 1.2};
            FlowLikelihood likelihood = new FlowLikelihood(OdeSolver.DEFAULT, Probe.GAUSSIAN, 50);
            LogLikelihood nats = likelihood.of(model(VariancePreserving.DEFAULT), row(data), NoiseSource.seeded(3));
            double exact = Arrays.stream(data)
                    .map(x -> DATA.logDensity(VariancePreserving.DEFAULT, x, EARLIEST))
                    .sum();
            assertThat(nats.standardError(0)).isBetween(0.01, 0.5);
            assertThat(nats.nats(0)).isCloseTo(exact, within(3 * nats.standardError(0)));
        });
    }

    @Test
    void anyProcessTakesTheScoreOfATrainedNetwork() {
        NoiseSchedule schedule = DiffusionProcess.ddpm().schedule();
        Stream<Sde> fitted = Stream.of(
                VariancePreserving.of(schedule), SubVariancePreserving.of(schedule), VarianceExploding.of(schedule));
        fitted.forEach(sde -> Scope.run(() -> {
            ScoreModel model = ScoreModel.of(sde, DATA.network(), schedule);
            assertThat(sde.marginal(model.earliest()).sigma())
                    .isCloseTo(schedule.level(0).sigma(), within(1e-6));
            NDArray x = row(-0.9, 0.1, 3);
            for (double time = model.earliest(); time <= 1; time += 0.11) {
                double[] exact = DATA.score(sde).at(x, time).toDoubleArray();
                double[] actual = model.score().at(x, time).toDoubleArray();
                assertThat(actual).containsExactly(exact, within(1e-9));
            }
        }));
    }

    @Test
    void noArrayIsLeftBehind() {
        try (NDManager manager = TorchEngine.newManager()) {
            Scope.run(() -> {
                NDArray x = TorchArray.of(manager, new double[] {0.3, -0.2}, new Shape(1, 2));
                ScoreModel model = model(VariancePreserving.DEFAULT);
                int before = manager.getManagedArrays().size();
                NoiseSource random = NoiseSource.seeded(1);
                new EulerMaruyama(3)
                        .sample(model, x, (i, like) -> random.normal(like))
                        .close();
                new FlowLikelihood(OdeSolver.DEFAULT, Probe.RADEMACHER, 2).of(model, x, random);
                assertThat(manager.getManagedArrays()).hasSize(before);
            });
        }
    }

    private static ScoreModel model(Sde sde) {
        return new ScoreModel(sde, DATA.score(sde), EARLIEST);
    }

    private static NDArray row(double... values) {
        return TorchArray.of(MANAGER, values, new Shape(1, values.length));
    }

    private static void assertSamplesTheData(Sde sde, SdeSampler sampler, int length) {
        double[] samples = sample(sde, sampler, length);
        double mean = Arrays.stream(samples).average().orElseThrow();
        assertThat(mean).as("mean").isCloseTo(0.1, within(ERROR));
        assertThat(variance(samples)).as("variance").isCloseTo(0.25, within(ERROR));
    }

    private static double[] sample(Sde sde, SdeSampler sampler, int length) {
        return Gradients.off(() -> Scope.call(() -> {
            Waves waves = new Waves(MANAGER, length);
            return sampler.sample(model(sde), waves.at(0), (index, like) -> waves.at(index + 1))
                    .toDoubleArray();
        }));
    }

    private static double variance(double[] samples) {
        double mean = Arrays.stream(samples).average().orElseThrow();
        return Arrays.stream(samples)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
    }
}
