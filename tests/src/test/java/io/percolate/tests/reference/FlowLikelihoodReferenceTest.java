package io.percolate.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.sde.FlowLikelihood;
import io.percolate.diffusion.sde.LogLikelihood;
import io.percolate.diffusion.sde.OdeSolver;
import io.percolate.diffusion.sde.ProbabilityFlow;
import io.percolate.diffusion.sde.Probe;
import io.percolate.diffusion.sde.Score;
import io.percolate.diffusion.sde.ScoreModel;
import io.percolate.diffusion.sde.VariancePreserving;
import io.percolate.nn.engine.Aten;
import io.percolate.testing.Reference;
import io.percolate.tests.reference.Suite.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Log-likelihoods by the probability flow of the VP SDE, the probe given. */
class FlowLikelihoodReferenceTest {

    private static final double TOLERANCE = 1e-3;

    /** Bits per dimension of pixels in [-1, 1] that have 256 values each. */
    private static final double BITS_OF_A_PIXEL = 7;

    @TestFactory
    Stream<DynamicTest> likelihoodsAreThoseOfTheReference() {
        return Suite.find("ode-likelihood/expected.json").stream().flatMap(FlowLikelihoodReferenceTest::cases);
    }

    private static Stream<DynamicTest> cases(Path file) {
        JsonNode settings = read(file);
        return StreamSupport.stream(settings.get("cases").spliterator(), false)
                .map(test -> test.get("case").asText())
                .map(name -> dynamicTest(
                        "ode-likelihood " + name,
                        () -> Suite.with(
                                file.resolveSibling("expected.safetensors"),
                                expected -> agrees(name, settings, expected))));
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void agrees(String name, JsonNode settings, Tensors expected) {
        ScoreModel model = model(name, settings);
        OdeSolver solver = new OdeSolver(settings.get("rtol").asDouble());
        NDArray x0 = expected.get(name + ".x0");
        FlowLikelihood likelihood = new FlowLikelihood(solver, Probe.RADEMACHER, 1);
        LogLikelihood actual = likelihood.of(model, x0, List.of(expected.get(name + ".probe")));
        double[] nats = expected.numbers(name + ".log_prob");
        double[] bits = expected.numbers(name + ".bits_per_dim");
        double dimensions = (double) x0.size() / nats.length;
        for (int i = 0; i < nats.length; i++) {
            assertThat(actual.nats(i)).as("log-likelihood").isCloseTo(nats[i], within(TOLERANCE));
            assertThat(-actual.nats(i) / dimensions / Math.log(2) + BITS_OF_A_PIXEL)
                    .as("bits per dimension")
                    .isCloseTo(bits[i], within(TOLERANCE));
        }
        NDArray noise = new ProbabilityFlow(solver).encode(model, x0);
        Reference.assertClose("noise", noise, expected.get(name + ".z"), TOLERANCE);
    }

    private static ScoreModel model(String name, JsonNode settings) {
        VariancePreserving sde = new VariancePreserving(
                settings.get("beta_min").asDouble(), settings.get("beta_max").asDouble());
        DenoisedPredictor network = name.equals("gaussian")
                ? gaussian(settings.get("sigma").asDouble())
                : Prediction.EPSILON.predictor(Reference::network);
        Score score = Score.ofTimesteps(sde, network, time -> 999 * time);
        return new ScoreModel(sde, score, settings.get("epsilon_time").asDouble());
    }

    /** The best network for data of mean 0 and this deviation. */
    private static DenoisedPredictor gaussian(double std) {
        return (x, level) -> {
            double variance = Math.pow(level.alpha() * std, 2) + Math.pow(level.std(), 2);
            return new DenoisedPrediction(x, () -> Aten.scale(x, level.std() / variance));
        };
    }
}
