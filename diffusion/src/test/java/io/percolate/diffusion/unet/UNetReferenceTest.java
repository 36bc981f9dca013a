package io.percolate.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what diffusers computes; tolerances as in the reference's README. */
class UNetReferenceTest {

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Path> models() throws IOException {
        return cases("unet/config.json");
    }

    static Stream<Path> calls() throws IOException {
        return cases("expected_parts.safetensors").filter(model -> gives(model, "unet.out"));
    }

    static Stream<Path> pooled() throws IOException {
        return cases("expected_parts.safetensors").filter(model -> gives(model, "negative_pooled"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void predictsWhatTheReferencePredicts(Path model) {
        try (SafeTensors parts = SafeTensors.open(model.resolve("expected_parts.safetensors"));
                UNet unet = UNetFiles.load(model.resolve("unet"), manager)) {
            NDArray context = parts.has("unet.context") ? parts.read(manager, "unet.context") : null;
            NDArray expected = parts.read(manager, "unet.out");
            NDArray out = Gradients.off(() ->
                    unet.forward(parts.read(manager, "unet.sample"), parts.read(manager, "unet.timestep"), context));
            assertThat(out.sub(expected).abs().max().getFloat())
                    .isLessThan(1e-4f * expected.abs().max().getFloat());
        }
    }

    /** The reference gives no single call of such a model, but a guided run of one. */
    @ParameterizedTest
    @MethodSource("pooled")
    void guidedRunWithPooledTextAndSizesEndsWhereTheReferenceEnds(Path model) {
        try (SafeTensors parts = SafeTensors.open(model.resolve("expected_parts.safetensors"));
                SafeTensors run = SafeTensors.open(model.resolve("expected_euler.safetensors"));
                UNet unet = UNetFiles.load(model.resolve("unet"), manager)) {
            JsonConfig request = JsonConfig.read(model.resolve("expected_euler.json"));
            Denoiser guided = guided(unet, parts, request);
            SamplerConfig config = SchedulerFiles.load(model.resolve("scheduler"));
            NDArray expected = run.read(manager, "final_latents");
            NDArray out = Gradients.off(() -> sample(config, guided, request, run.read(manager, "latents")));
            assertThat(out.sub(expected).abs().max().getFloat())
                    .isLessThan(1e-3f * expected.abs().max().getFloat());
        }
    }

    private Denoiser guided(UNet unet, SafeTensors parts, JsonConfig request) {
        float height = request.integer("height");
        float width = request.integer("width");
        NDArray sizes = manager.create(new float[][] {{height, width, 0, 0, height, width}});
        DenoiserInputs conditional = DenoiserInputs.context(parts.read(manager, "prompt_embeds"))
                .withPooled(parts.read(manager, "pooled"), sizes);
        DenoiserInputs unconditional = DenoiserInputs.context(parts.read(manager, "negative_prompt_embeds"))
                .withPooled(parts.read(manager, "negative_pooled"), sizes);
        double scale = request.number("guidance_scale");
        return (x, t) -> {
            NDArray timestep = manager.create(new float[] {(float) t});
            NDArray without = unet.forward(x, timestep, unconditional);
            return without.add(
                    unet.forward(x, timestep, conditional).sub(without).mul(scale));
        };
    }

    private static NDArray sample(SamplerConfig config, Denoiser model, JsonConfig request, NDArray noise) {
        Sampler sampler = config.sampler();
        int steps = request.integer("steps");
        NDArray start = noise.mul(sampler.initialNoise(config.sigmaSchedule(), steps));
        StepNoise none = (index, like) -> like.zerosLike();
        return sampler.sample(config.predictor(model), start, sampler.steps(config.sigmaSchedule(), steps), none);
    }

    @ParameterizedTest
    @MethodSource("models")
    void writesTheKeysAndValuesOfThePublishedConfig(Path model) {
        JsonConfig published = JsonConfig.read(model.resolve("unet/config.json"));
        UNetJson.write(UNetJson.read(published)).write(folder.resolve("config.json"));
        assertThat(JsonConfig.read(folder.resolve("config.json")).values())
                .usingRecursiveComparison()
                .ignoringFields("_diffusers_version")
                .isEqualTo(published.values());
    }

    @ParameterizedTest
    @MethodSource("models")
    void savesTheTensorsUnderTheirPublishedNames(Path model) {
        try (UNet unet = UNetFiles.load(model.resolve("unet"), manager)) {
            UNetFiles.save(unet, folder, ElementType.F16);
        }
        String file = "diffusion_pytorch_model.safetensors";
        try (SafeTensors published = SafeTensors.open(model.resolve("unet").resolve(file));
                SafeTensors saved = SafeTensors.open(folder.resolve(file))) {
            assertThat(saved.names()).containsExactlyInAnyOrderElementsOf(published.names());
        }
    }

    private static boolean gives(Path model, String tensor) {
        try (SafeTensors parts = SafeTensors.open(model.resolve("expected_parts.safetensors"))) {
            return parts.has(tensor);
        }
    }

    private static Stream<Path> cases(String file) throws IOException {
        try (Stream<Path> folders = Files.list(REFERENCE)) {
            return folders.filter(folder -> Files.exists(folder.resolve(file))).sorted().toList().stream();
        }
    }
}
