package io.percolate.diffusion.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.process.VariationalBound.Term;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.testing.Reference;
import io.percolate.weights.safetensors.SafeTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against OpenAI's equations, run in float32 with the closed-form network. */
class VariationalBoundTest {

    private static final double TOLERANCE = 1e-4;

    @TestFactory
    List<DynamicTest> boundAgreesWithTheReferenceTermByTerm() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> test : Reference.cases(Reference.path("likelihood/expected.json"))) {
            String key = (String) test.get("key");
            Variance variance = Variance.valueOf((String) test.get("variance"));
            tests.add(DynamicTest.dynamicTest(key, () -> Gradients.off(() -> agrees(key, variance))));
        }
        return tests;
    }

    /**
     * Kingma et al. 2021, eq. 11: for ever more steps the bound of the best network is the likelihood itself. With 1,000
     * steps, of normal data, it is 0.01 bits above.
     */
    @Test
    void boundOfNormalLatentsIsTheirLikelihood() {
        double std = 0.5;
        DenoisedPredictor best = (x, level) -> {
            double variance = Math.pow(level.alpha() * std, 2) + Math.pow(level.std(), 2);
            NDArray x0 = Aten.scale(x, level.alpha() * std * std / variance);
            return new DenoisedPrediction(x0, x0::duplicate);
        };
        int steps = 1000;
        NoiseSchedule schedule = NoiseSchedule.of(new BetaSchedule.Linear(0.1 / steps, 20.0 / steps), steps);
        VariationalBound bound = new VariationalBound(schedule, Variance.FIXED_LARGE, DataLikelihood.DENSITY);
        double likelihood = 0.5 * (Math.log(2 * Math.PI * Math.E * std * std)) / Math.log(2);
        try (NDManager manager = TorchEngine.newManager()) {
            double total = Gradients.off(() -> Scope.call(() -> total(bound, best, std, manager)));
            assertThat(total).isBetween(likelihood - 0.005, likelihood + 0.02);
        }
    }

    private static double total(VariationalBound bound, DenoisedPredictor model, double std, NDManager manager) {
        RandomStream random = new RandomStream(7);
        Shape shape = new Shape(1, 4096);
        NDArray x0 = normalised(random.normal(manager, shape, DataType.FLOAT64), std);
        double total = Reference.doubles(bound.prior(x0))[0];
        for (int t = 0; t < bound.schedule().steps(); t++) {
            int timestep = t;
            total += Scope.call(() -> {
                NDArray noise = normalised(random.normal(manager, shape, DataType.FLOAT64), 1);
                return Reference.doubles(bound.term(model, x0, noise, timestep).bits())[0];
            });
        }
        return total;
    }

    /** Of exactly this deviation, so that the likelihood is known to the last digit. */
    private static NDArray normalised(NDArray x, double std) {
        NDArray centred = x.sub(x.mean());
        return Aten.scale(centred.div(centred.square().mean().sqrt()), std);
    }

    private static boolean agrees(String key, Variance variance) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors file = SafeTensors.open(Reference.path("likelihood/expected.safetensors"))) {
            NoiseSchedule schedule = NoiseSchedule.ofBetas(
                    file.read(manager, key + "betas", DataType.FLOAT64).toDoubleArray());
            VariationalBound bound = VariationalBound.ofPixels(schedule, variance);
            DenoisedPredictor model =
                    Prediction.EPSILON.predictor(Reference::network).clipped(1);
            NDArray x0 = file.read(manager, key + "x0");
            NDArray noise = file.read(manager, key + "noise");
            int last = schedule.steps() - 1;
            NDArray total = bound.prior(x0);
            assertAgree(total, file.read(manager, key + "prior_bpd"));
            for (int t = last; t >= 0; t--) {
                Term term = bound.term(model, x0, noise.get(last - t), t);
                assertAgree(term.bits(), column(file, manager, key + "vb", last - t));
                assertAgree(term.x0Error(), column(file, manager, key + "xstart_mse", last - t));
                assertAgree(term.noiseError(), column(file, manager, key + "mse", last - t));
                total = total.add(term.bits());
                term.close();
            }
            assertAgree(total, file.read(manager, key + "total_bpd"));
            return true;
        }
    }

    private static NDArray column(SafeTensors file, NDManager manager, String name, int index) {
        return file.read(manager, name).get(":," + index);
    }

    private static void assertAgree(NDArray actual, NDArray expected) {
        float[] wanted = expected.toFloatArray();
        float[] got = actual.toFloatArray();
        assertThat(got).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            double scale = Math.max(Math.abs(wanted[i]), 1e-2);
            assertThat((double) got[i]).isCloseTo(wanted[i], within(TOLERANCE * scale));
        }
    }
}
