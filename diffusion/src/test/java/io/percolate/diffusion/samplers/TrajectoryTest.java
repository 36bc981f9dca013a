package io.percolate.diffusion.samplers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.Reference;
import io.percolate.nn.Gradients;
import io.percolate.nn.TorchEngine;
import io.percolate.weights.JsonConfig;
import io.percolate.weights.SafeTensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every trajectory of the reference, computed with diffusers in float64 on float32 tables. */
class TrajectoryTest {

    private static final double TOLERANCE = 1e-6;

    @TestFactory
    List<DynamicTest> samplersFollowTheReferenceTrajectories() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> test : Reference.cases("schedulers/trajectories.json")) {
            if (!List.of("DDIMScheduler", "EulerDiscreteScheduler", "DDPMScheduler")
                    .contains(test.get("scheduler"))) {
                continue;
            }
            tests.add(DynamicTest.dynamicTest(
                    test.get("case") + " " + test.get("scheduler"), () -> follows(new Case(test))));
        }
        return tests;
    }

    private static void follows(Case test) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors file = Reference.tensors("schedulers/trajectories.safetensors")) {
            Discretisation levels = test.config.levels();
            assertThat(test.sampler.initialNoise(levels, test.steps)).isEqualTo(test.initialNoise, within(1e-6));
            double[] expected =
                    Reference.doubles(file, manager, test.name + ".trajectory").toDoubleArray();
            List<double[]> points = Gradients.off(() -> run(test, manager, file));
            int size = points.get(0).length;
            int calls = expected.length / size;
            double worst = 0;
            for (int i = 0; i < points.size(); i++) {
                int call = calls - 1 - test.callsAfter(points.size() - 1 - i);
                worst = Math.max(worst, distance(points.get(i), expected, call * size));
            }
            assertThat(worst).isLessThan(TOLERANCE);
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double relative) {
        return org.assertj.core.data.Offset.offset(relative * 20);
    }

    private static List<double[]> run(Case test, NDManager manager, SafeTensors file) {
        NDArray x = Reference.doubles(file, manager, "x_T").mul(test.initialNoise);
        List<double[]> points = new ArrayList<>();
        Steps steps = test.sampler
                .steps(test.config.levels(), test.steps)
                .observedBy(event -> points.add(event.x().toDoubleArray()));
        StepNoise noise = (index, like) ->
                Reference.doubles(file, manager, test.name + ".noise").get(index);
        test.sampler.sample(test.config.estimator(Reference::network), x, steps, noise);
        return points;
    }

    private static double distance(double[] actual, double[] expected, int start) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[start + i]));
            apart = Math.max(apart, Math.abs(expected[start + i] - actual[i]));
        }
        return apart / largest;
    }

    private static final class Case {
        final String name;
        final int steps;
        final double initialNoise;
        final SamplerConfig config;
        final Sampler sampler;

        @SuppressWarnings("unchecked")
        Case(Map<String, Object> json) {
            name = (String) json.get("case");
            steps = ((Number) json.get("steps")).intValue();
            initialNoise = ((Number) json.get("init_noise_sigma")).doubleValue();
            Map<String, Object> values = new TreeMap<>((Map<String, Object>) json.get("config"));
            values.put("_class_name", json.get("scheduler"));
            config = SamplerConfig.read(JsonConfig.of(new HashMap<>(values)));
            double eta = ((Number) json.get("eta")).doubleValue();
            sampler = config.sampler() instanceof Ddim ? new Ddim(eta) : config.sampler();
        }

        /** Network calls in the last {@code count} steps: two in each but the last, for samplers of that kind. */
        int callsAfter(int count) {
            boolean twice = config.kind().className().startsWith("Heun");
            return twice ? Math.max(0, 2 * count - 1) : count;
        }
    }
}
