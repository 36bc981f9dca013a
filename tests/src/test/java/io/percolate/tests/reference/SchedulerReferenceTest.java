package io.percolate.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.JsonConfig;
import io.percolate.nn.random.NoiseSource;
import io.percolate.testing.Reference;
import io.percolate.tests.reference.Suite.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every sampler, step by step in float64, on a network that is a formula.
 *
 * <p>The reference computes x in float64 but sigmas and coefficients in float32, so that it is itself good to a few
 * parts in ten million of an exact solution; that is what it is held to here. Its last digits cannot be had again:
 * torch's square roots of float32 numbers are rounded now up, now down, as the processor has it. To the last digit of
 * float64, samplers are tested in their own module, against the same formulas without that rounding.
 */
class SchedulerReferenceTest {

    private static final double TOLERANCE = 1e-6;

    /** The reference integrates differences of logarithms in float32, where they nearly cancel. */
    private static final double TOLERANCE_OF_DEIS = 1e-5;

    @TestFactory
    Stream<DynamicTest> samplersTakeTheStepsOfDiffusers() {
        return Suite.find("schedulers/trajectories.json").stream().flatMap(SchedulerReferenceTest::cases);
    }

    private static Stream<DynamicTest> cases(Path file) {
        Path tensors = file.resolveSibling("trajectories.safetensors");
        return read(file).stream()
                .map(Case::new)
                .map(test -> dynamicTest(
                        test.name(), () -> Suite.with(tensors, expected -> new Run(test, expected).follow())));
    }

    private static List<Map<String, Object>> read(Path file) {
        try {
            return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One element of the JSON list. */
    private record Case(Map<String, Object> json) {

        String key() {
            return (String) json.get("case");
        }

        String name() {
            return "schedulers " + key() + " " + json.get("scheduler");
        }

        double number(String name) {
            return ((Number) json.get(name)).doubleValue();
        }

        SamplerConfig config() {
            Map<String, Object> values = new TreeMap<>();
            ((Map<?, ?>) json.get("config")).forEach((name, value) -> values.put((String) name, value));
            values.put("_class_name", json.get("scheduler"));
            SamplerConfig config = Suite.orNotCovered(name(), () -> SchedulerJson.read(JsonConfig.of(values)));
            return config.sampler() instanceof Ddim ? config.with(new Ddim(number("eta"))) : config;
        }
    }

    /** A run that compares each point it reaches with the one after as many calls of the network. */
    private record Run(Case test, Tensors expected, AtomicInteger calls) {

        Run(Case test, Tensors expected) {
            this(test, expected, new AtomicInteger());
        }

        void follow() {
            SamplerConfig config = test.config();
            int count = (int) test.number("steps");
            double scale = config.sampler().initialNoise(config.sigmaSchedule(), count);
            Reference.assertClose(
                    "initial noise", new double[] {scale}, new double[] {test.number("init_noise_sigma")}, 1e-6);
            double tolerance = config.kind() == SamplerKind.DEIS ? TOLERANCE_OF_DEIS : TOLERANCE;
            NDArray start = numbers("x_T").mul(test.number("init_noise_sigma"));
            NDArray trajectory = numbers(test.key() + ".trajectory");
            Steps steps = config.sampler()
                    .steps(config.sigmaSchedule(), count)
                    .observedBy(event -> Reference.assertClose(
                            "x after step " + event.step().index(),
                            event.x(),
                            trajectory.get(calls.get() - 1),
                            tolerance));
            config.sampler().sample(config.predictor(network()), start, steps, noise(config));
            assertThat(calls.get()).as("calls of the network").isEqualTo((int)
                    trajectory.getShape().get(0));
        }

        private Denoiser network() {
            return (x, timestep) -> {
                calls.incrementAndGet();
                return Reference.network(x, timestep);
            };
        }

        private StepNoise noise(SamplerConfig config) {
            String name = test.key() + ".noise";
            if (!expected.has(name)) {
                return StepNoise.NONE;
            }
            NDArray recorded = numbers(name);
            return config.kind() == SamplerKind.DPMPP_2M_SDE ? redrawn(recorded) : (index, like) -> recorded.get(index);
        }

        /**
         * The reference's SDE solver did not take the recorded noise: at each step it drew its own, in float32,
         * from where the generator of the recorded noise stood.
         */
        private static StepNoise redrawn(NDArray recorded) {
            NoiseSource source = NoiseSource.seeded(TorchSeeds.of(recorded));
            return (index, like) -> {
                NDArray drawn = source.normal(like.getManager(), like.getShape(), DataType.FLOAT32);
                source.normal(like.getManager(), like.getShape(), DataType.FLOAT32);
                return drawn.toType(DataType.FLOAT64, false);
            };
        }

        private NDArray numbers(String name) {
            return expected.file().read(expected.manager(), name, DataType.FLOAT64);
        }
    }
}
