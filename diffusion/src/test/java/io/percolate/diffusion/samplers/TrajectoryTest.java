package io.percolate.diffusion.samplers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.weights.safetensors.SafeTensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of the reference, and of options that it leaves alone, beside the formulas of diffusers in float64.
 *
 * <p>The recorded trajectories are good to a few parts in ten million, because diffusers computes coefficients in
 * float32; the tests module holds samplers to them. The numbers here are those of {@code float64/trajectories.py},
 * which says how they were made: nothing in them is rounded but the published tables.
 */
class TrajectoryTest {

    /** What sums in another order may differ by after twenty steps. */
    private static final double TOLERANCE = 1e-12;

    @TestFactory
    Stream<DynamicTest> samplersFollowTheirFormulasToTheLastDigits() {
        return Stream.of(Reference.path("schedulers/trajectories.json"), ours("options.json"))
                .flatMap(file -> Reference.cases(file).stream())
                .map(Case::of)
                .map(test -> DynamicTest.dynamicTest(test.name + " " + test.config.kind(), () -> follows(test)));
    }

    private static Path ours(String name) {
        try {
            return Path.of(TrajectoryTest.class.getResource("/float64/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void follows(Case test) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors numbers = SafeTensors.open(ours("trajectories.safetensors"))) {
            List<double[]> points = Gradients.off(() -> test.run(manager, numbers));
            NDArray expected = doubles(numbers, manager, test.name + ".trajectory");
            assertThat(points).hasSize((int) expected.getShape().get(0));
            for (int i = 0; i < points.size(); i++) {
                assertThat(distance(points.get(i), expected.get(i).toDoubleArray()))
                        .as("distance after step %d", i)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    private static double distance(double[] actual, double[] expected) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            apart = Math.max(apart, Math.abs(expected[i] - actual[i]));
        }
        return apart / largest;
    }

    private record Case(String name, int steps, SamplerConfig config) {

        static Case of(Map<String, Object> json) {
            Map<String, Object> values = new TreeMap<>();
            ((Map<?, ?>) json.get("config")).forEach((key, value) -> values.put((String) key, value));
            values.put("_class_name", json.get("scheduler"));
            SamplerConfig config = SchedulerJson.read(JsonConfig.of(values));
            double eta = ((Number) json.get("eta")).doubleValue();
            return new Case(
                    (String) json.get("case"),
                    (int) json.get("steps"),
                    config.sampler() instanceof EtaSampler sampler ? config.with(sampler.withEta(eta)) : config);
        }

        /** x after each step. */
        List<double[]> run(NDManager manager, SafeTensors numbers) {
            Sampler sampler = config.sampler();
            NDArray x = doubles(numbers, manager, "x_T").mul(sampler.initialNoise(config.sigmaSchedule(), steps));
            List<double[]> points = new ArrayList<>();
            Steps plan = sampler.steps(config.sigmaSchedule(), steps)
                    .observedBy(event -> points.add(event.x().toDoubleArray()));
            sampler.sample(config.predictor(Reference::network), x, plan, noise(manager, numbers));
            return points;
        }

        private StepNoise noise(NDManager manager, SafeTensors numbers) {
            if (!numbers.has(name + ".noise")) {
                return StepNoise.NONE;
            }
            NDArray recorded = doubles(numbers, manager, name + ".noise");
            return (index, like) -> recorded.get(index);
        }
    }

    private static NDArray doubles(SafeTensors file, NDManager manager, String name) {
        return file.read(manager, name, DataType.FLOAT64);
    }
}
