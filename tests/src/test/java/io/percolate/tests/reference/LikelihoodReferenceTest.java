package io.percolate.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.process.VariationalBound;
import io.percolate.diffusion.process.VariationalBound.Term;
import io.percolate.testing.Reference;
import io.percolate.tests.reference.Suite.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The variational bound, term by term. */
class LikelihoodReferenceTest {

    private static final double TOLERANCE = 1e-4;

    /** Terms smaller than this, in bits per dimension, are compared as if they were as large. */
    private static final double SMALL = 1e-2;

    @TestFactory
    Stream<DynamicTest> boundsAreThoseOfTheReference() {
        return Suite.find("likelihood/expected.json").stream().flatMap(LikelihoodReferenceTest::cases);
    }

    private static Stream<DynamicTest> cases(Path file) {
        return StreamSupport.stream(read(file).spliterator(), false)
                .map(test -> dynamicTest(
                        "likelihood " + test.get("key").asText(),
                        () -> Suite.with(
                                file.resolveSibling("expected.safetensors"),
                                expected -> agrees(
                                        test.get("key").asText(),
                                        Variance.valueOf(test.get("variance").asText()),
                                        expected))));
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void agrees(String key, Variance variance, Tensors expected) {
        NoiseSchedule schedule = NoiseSchedule.ofBetas(expected.numbers(key + "betas"));
        VariationalBound bound = VariationalBound.ofPixels(schedule, variance);
        DenoisedPredictor model =
                Prediction.EPSILON.predictor(Reference::network).clipped(1);
        NDArray x0 = expected.get(key + "x0");
        NDArray noise = expected.get(key + "noise");
        NDArray total = bound.prior(x0);
        assertAgree("prior", total, expected.get(key + "prior_bpd"));
        for (int column = 0; column < schedule.steps(); column++) {
            int timestep = schedule.steps() - 1 - column;
            Term term = bound.term(model, x0, noise.get(column), timestep);
            assertAgree("bits at " + timestep, term.bits(), column(expected, key + "vb", column));
            assertAgree("x0 error at " + timestep, term.x0Error(), column(expected, key + "xstart_mse", column));
            assertAgree("noise error at " + timestep, term.noiseError(), column(expected, key + "mse", column));
            total = total.add(term.bits());
        }
        assertAgree("total", total, expected.get(key + "total_bpd"));
    }

    private static NDArray column(Tensors expected, String name, int index) {
        return expected.get(name).get(":," + index);
    }

    private static void assertAgree(String what, NDArray actual, NDArray expected) {
        double[] got = Reference.doubles(actual);
        double[] wanted = Reference.doubles(expected);
        assertThat(got).as(what).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            double scale = Math.max(Math.abs(wanted[i]), SMALL);
            assertThat(got[i]).as(what).isCloseTo(wanted[i], within(TOLERANCE * scale));
        }
    }
}
