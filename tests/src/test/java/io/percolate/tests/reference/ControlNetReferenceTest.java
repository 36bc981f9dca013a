package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.Residuals;
import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.diffusion.unet.control.ControlNetConfig;
import io.percolate.diffusion.unet.published.ControlNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.control.ControlImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.TextToImage;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.weights.ControlNetFile;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** ControlNets compute what those of diffusers compute, and change images as they do there. */
class ControlNetReferenceTest {

    private static final double CALL_TOLERANCE = 1e-4;
    private static final double PIPELINE_TOLERANCE = 1e-3;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> oneCallGivesTheResidualsOfDiffusers() {
        return cases().map(control ->
                dynamicTest(control.name(), () -> Suite.with(control.tensors(), expected -> call(control, expected))));
    }

    @TestFactory
    Stream<DynamicTest> imagesUnderControlAreThoseOfDiffusers() {
        return cases().flatMap(control -> control.request().section("runs").orElseThrow().values().keySet().stream()
                .map(run -> dynamicTest(control.name() + " " + run, () -> generates(control, run))));
    }

    private static Stream<PipelineCase> cases() {
        return Suite.find("*controlnet-*/expected.json").stream()
                .map(file -> new PipelineCase(file, JsonConfig.read(file)));
    }

    private static Path network(PipelineCase control) {
        return control.model().resolve("controlnet");
    }

    private static void call(PipelineCase control, Tensors expected) {
        JsonConfig json = JsonConfig.read(network(control).resolve("config.json"));
        ControlNetConfig config = ControlNetJson.read(json);
        assertThat(ControlNetJson.read(ControlNetJson.write(config))).isEqualTo(config);
        ControlNet network = new ControlNet(config);
        try (StateDict tensors = ControlNetFile.open(network(control))) {
            StrictLoading.load(tensors, network.shapes(), network::assign, expected.manager());
        }
        NDArray sample = expected.get("net.sample");
        Residuals residuals = network.forward(
                sample,
                timesteps(expected.get("net.timestep"), sample.getShape().get(0)),
                inputs(expected),
                network.embed(expected.get("condition")));
        for (int i = 0; i < residuals.skips().size(); i++) {
            assertClose("down" + i, residuals.skips().get(i), expected.get("net.down" + i), CALL_TOLERANCE);
        }
        assertThat(expected.has("net.down" + residuals.skips().size())).isFalse();
        assertClose("mid", residuals.mid(), expected.get("net.mid"), CALL_TOLERANCE);
    }

    /** One timestep may stand for all rows. */
    private static NDArray timesteps(NDArray given, long batch) {
        NDArray flat = given.flatten();
        return flat.size() == batch ? flat : flat.repeat(0, batch);
    }

    private static DenoiserInputs inputs(Tensors expected) {
        DenoiserInputs context = DenoiserInputs.context(expected.get("net.context"));
        return expected.has("net.pooled")
                ? context.withPooled(expected.get("net.pooled"), expected.get("net.sizes"))
                : context;
    }

    private void generates(PipelineCase control, String run) {
        Outcome outcome = new Outcome();
        Suite.with(control.tensors(), expected -> {
            LoadOptions options = LoadOptions.DEFAULT.withControlNet(network(control));
            try (Pipeline pipeline = Pipeline.load(control.baseIn(scratch.resolve(run)), options)) {
                pipeline.generate(request(control, run, expected), outcome);
            }
            assertClose("latents", outcome.latents(), expected.numbers(run + ".final_latents"), PIPELINE_TOLERANCE);
        });
    }

    private static GenerationRequest request(PipelineCase control, String run, Tensors expected) {
        JsonConfig values = control.request()
                .section("runs")
                .flatMap(runs -> runs.section(run))
                .orElseThrow();
        NDArray condition = expected.get("condition");
        TextToImage task = new TextToImage(Optional.of(expected.get("latents")));
        return control.generation(condition.getShape(), task)
                .control(Control.of(new ControlImage.OfPixels(condition))
                        .withScale(values.number("scale", 1))
                        .during(values.number("start", 0), values.number("end", 1)))
                .build();
    }
}
