package io.percolate.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.Gradients;
import io.percolate.nn.TorchEngine;
import io.percolate.weights.ElementType;
import io.percolate.weights.JsonConfig;
import io.percolate.weights.SafeTensors;
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

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.reference"));

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
        return cases("expected_parts.safetensors").filter(UNetReferenceTest::hasCall);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void predictsWhatTheReferencePredicts(Path model) {
        try (SafeTensors parts = SafeTensors.open(model.resolve("expected_parts.safetensors"));
                UNet unet = UNet.load(model.resolve("unet"), manager)) {
            NDArray context = parts.has("unet.context") ? parts.read(manager, "unet.context") : null;
            NDArray expected = parts.read(manager, "unet.out");
            NDArray out = Gradients.off(() ->
                    unet.forward(parts.read(manager, "unet.sample"), parts.read(manager, "unet.timestep"), context));
            assertThat(out.sub(expected).abs().max().getFloat())
                    .isLessThan(1e-4f * expected.abs().max().getFloat());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void writesTheKeysAndValuesOfThePublishedConfig(Path model) {
        JsonConfig published = JsonConfig.read(model.resolve("unet/config.json"));
        UNetConfigFile.write(UNetConfigFile.of(published), folder.resolve("config.json"));
        assertThat(JsonConfig.read(folder.resolve("config.json")).values())
                .usingRecursiveComparison()
                .ignoringFields("_diffusers_version")
                .isEqualTo(published.values());
    }

    @ParameterizedTest
    @MethodSource("models")
    void savesTheTensorsUnderTheirPublishedNames(Path model) {
        try (UNet unet = UNet.load(model.resolve("unet"), manager)) {
            unet.save(folder, ElementType.F16);
        }
        String file = "diffusion_pytorch_model.safetensors";
        try (SafeTensors published = SafeTensors.open(model.resolve("unet").resolve(file));
                SafeTensors saved = SafeTensors.open(folder.resolve(file))) {
            assertThat(saved.names()).containsExactlyInAnyOrderElementsOf(published.names());
        }
    }

    private static boolean hasCall(Path model) {
        try (SafeTensors parts = SafeTensors.open(model.resolve("expected_parts.safetensors"))) {
            return parts.has("unet.out");
        }
    }

    private static Stream<Path> cases(String file) throws IOException {
        try (Stream<Path> folders = Files.list(REFERENCE)) {
            return folders.filter(folder -> Files.exists(folder.resolve(file))).sorted().toList().stream();
        }
    }
}
