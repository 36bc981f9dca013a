package io.percolate.diffusion.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.Reference;
import io.percolate.nn.Gradients;
import io.percolate.nn.NoiseSource;
import io.percolate.nn.TorchEngine;
import io.percolate.weights.JsonConfig;
import io.percolate.weights.SafeTensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every trajectory of the reference, computed with diffusers on x in float64.
 *
 * <p>Its tables and the coefficients of its steps are float32, its square roots off by a last digit now and then,
 * and Euler's x is rounded to float32 on the way: the reference itself is good to a few parts in ten million.
 */
class TrajectoryTest {

    private static final double TOLERANCE = 1e-6;

    /** The reference integrates logarithms in float32, where they nearly cancel. */
    private static final double TOLERANCE_OF_DEIS = 1e-5;

    @TestFactory
    List<DynamicTest> samplersFollowTheReferenceTrajectories() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> test : Reference.cases("schedulers/trajectories.json")) {
            tests.add(DynamicTest.dynamicTest(
                    test.get("case") + " " + test.get("scheduler"), () -> follows(new Case(test))));
        }
        return tests;
    }

    private static void follows(Case test) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors file = Reference.tensors("schedulers/trajectories.safetensors")) {
            Discretisation levels = test.config.levels();
            assertThat(test.sampler.initialNoise(levels, test.steps))
                    .isCloseTo(test.initialNoise, withinPercentage(1e-4));
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
            assertThat(worst).isLessThan(test.config.sampler() instanceof Deis ? TOLERANCE_OF_DEIS : TOLERANCE);
        }
    }

    private static List<double[]> run(Case test, NDManager manager, SafeTensors file) {
        NDArray x = Reference.doubles(file, manager, "x_T").mul(test.initialNoise);
        List<double[]> points = new ArrayList<>();
        Steps steps = test.sampler
                .steps(test.config.levels(), test.steps)
                .observedBy(event -> points.add(event.x().toDoubleArray()));
        StepNoise noise = file.has(test.name + ".noise")
                ? test.noise(Reference.doubles(file, manager, test.name + ".noise"))
                : StepNoise.NONE;
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

        /**
         * The reference's SDE solver did not take the recorded noise: at each step it drew its own, in float32,
         * from where the generator of the recorded noise stood.
         */
        StepNoise noise(NDArray recorded) {
            if (!(sampler instanceof DpmSolverSde)) {
                return (index, like) -> recorded.get(index);
            }
            NoiseSource source = NoiseSource.seeded(seedOf(recorded));
            return (index, like) -> {
                NDArray drawn = source.normal(like.getManager(), like.getShape(), DataType.FLOAT32);
                source.normal(like.getManager(), like.getShape(), DataType.FLOAT32);
                return drawn.toType(DataType.FLOAT64, false);
            };
        }

        private static long seedOf(NDArray recorded) {
            double first = recorded.flatten().getDouble(0);
            return LongStream.range(0, 10_000)
                    .filter(seed -> {
                        try (NDArray drawn = NoiseSource.seeded(seed)
                                .normal(recorded.getManager(), recorded.get(0).getShape(), DataType.FLOAT64)) {
                            return Math.abs(drawn.flatten().getDouble(0) - first) < 1e-12;
                        }
                    })
                    .findFirst()
                    .orElseThrow();
        }

        /** Network calls in the last {@code count} steps: two in each but the last, for samplers of that kind. */
        int callsAfter(int count) {
            boolean twice = config.kind() == SamplerKind.HEUN;
            return twice ? Math.max(0, 2 * count - 1) : count;
        }
    }
}
