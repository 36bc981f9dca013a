package io.percolate.diffusion.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.process.VariationalBound.Term;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.weights.safetensors.SafeTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
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

    private static boolean agrees(String key, Variance variance) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors file = SafeTensors.open(Reference.path("likelihood/expected.safetensors"))) {
            NoiseSchedule schedule = NoiseSchedule.ofBetas(
                    file.read(manager, key + "betas", DataType.FLOAT64).toDoubleArray());
            VariationalBound bound = new VariationalBound(schedule, variance);
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
