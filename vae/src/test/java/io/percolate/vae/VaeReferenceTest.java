package io.percolate.vae;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VaeReferenceTest {

    /** What the recorded gradients weigh the divergence of a whole image by, beside the mean error of a pixel. */
    private static final double KL_WEIGHT = 1e-6;

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("modelsWithParts")
    void encodesAndDecodesAsDiffusersDoes(Path model) {
        AutoencoderKl vae = AutoencoderKl.load(model.resolve("vae"), manager);
        try (SafeTensors expected = SafeTensors.open(model.resolve("expected_parts.safetensors"))) {
            LatentDistribution posterior = Gradients.off(() -> vae.encode(expected.read(manager, "vae.image")));
            assertClose("mean", posterior.mean(), expected.read(manager, "vae.mean"), 1e-4);
            assertClose("logvar", posterior.logvar(), expected.read(manager, "vae.logvar"), 1e-4);
            assertClose("kl", posterior.kl(), expected.read(manager, "vae.kl"), 1e-4);
            NDArray latent = expected.read(manager, "vae.latent");
            NDArray decoded = Gradients.off(() -> vae.decode(latent));
            assertClose("decoded", decoded, expected.read(manager, "vae.decoded"), 1e-4);
        }
    }

    @Test
    void trainingLossAndGradientsAreThoseOfDiffusers() {
        Path training = Reference.FOLDER.resolve("training");
        JsonConfig numbers = JsonConfig.read(training.resolve("expected.json"));
        AutoencoderKl vae = AutoencoderKl.load(training.resolve("vae"), manager);
        vae.makeTrainable();
        try (SafeTensors expected = SafeTensors.open(training.resolve("expected.safetensors"))) {
            NDArray image = expected.read(manager, "vae.image");
            NDArray noise = expected.read(manager, "vae.noise");
            long values = image.getShape().size() / image.getShape().get(0);
            VaeLoss.Value loss = Gradients.on(() -> {
                LatentDistribution posterior = vae.encode(image);
                NDArray decoded = vae.decode(posterior.sample(noise));
                assertClose("reconstruction", decoded, expected.read(manager, "vae.reconstruction"), 1e-4);
                return new VaeLoss(perImage(KL_WEIGHT, values)).of(image, decoded, posterior);
            });
            Gradients.backward(loss.total());
            assertThat(loss.term("reconstruction") / numbers.number("vae.l1") - 1)
                    .isBetween(-1e-5, 1e-5);
            assertThat(values * loss.term("kl") / numbers.number("vae.kl") - 1).isBetween(-1e-5, 1e-5);
            vae.parameters().forEach((name, parameter) -> {
                NDArray gradient = expected.read(manager, "vae.grad." + name);
                if (name.endsWith("to_k.bias")) {
                    assertNothingButRounding(gradient, Gradients.of(parameter.value()));
                } else {
                    assertClose(name, Gradients.of(parameter.value()), gradient, 1e-4);
                }
            });
        }
    }

    private static VaeLossConfig perImage(double klWeight, long values) {
        return new VaeLossConfig(VaeLossConfig.Reconstruction.L1, 0, 1, 0, klWeight * values);
    }

    /** A constant added to all keys leaves the softmax as it is, so their bias has no gradient. */
    private static void assertNothingButRounding(NDArray... gradients) {
        for (NDArray gradient : gradients) {
            assertThat(gradient.abs().max().getFloat()).isLessThan(1e-7f);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aSavedFolderHasExactlyTheFilesAndKeysOfThePublishedOne(Path folder, @TempDir Path out) throws IOException {
        AutoencoderKl vae = AutoencoderKl.load(folder, manager);
        vae.save(out, ElementType.F32);
        assertThat(fileNames(out)).isEqualTo(fileNames(folder));
        assertThat(JsonConfig.read(out.resolve("config.json")).values())
                .usingRecursiveComparison()
                .ignoringFields("_diffusers_version")
                .isEqualTo(JsonConfig.read(folder.resolve("config.json")).values());
        AutoencoderKl again = AutoencoderKl.load(out, manager);
        vae.parameters()
                .forEach((name, parameter) ->
                        assertThat(again.parameters().get(name).value()).isEqualTo(parameter.value()));
    }

    @Test
    void halfPrecisionVariantsAreFoundByTheirName(@TempDir Path out) throws IOException {
        AutoencoderKl vae = new AutoencoderKl(VaeConfig.of(List.of(8), 1, 4, 4));
        vae.initialise(manager, 1);
        vae.save(out, ElementType.F16);
        String name = "diffusion_pytorch_model%s.safetensors";
        Files.move(out.resolve(name.formatted("")), out.resolve(name.formatted(".fp16")));
        assertThat(AutoencoderKl.load(out, manager).config()).isEqualTo(vae.config());
    }

    static List<Path> modelsWithParts() throws IOException {
        return Reference.find(Reference.FOLDER, "sd*/expected_parts.safetensors").stream()
                .map(Path::getParent)
                .filter(VaeReferenceTest::hasVaeParts)
                .toList();
    }

    static List<Path> folders() throws IOException {
        return Reference.find(Reference.FOLDER, "*/vae/config.json").stream()
                .filter(config -> JsonConfig.read(config).string("_class_name").equals("AutoencoderKL"))
                .map(Path::getParent)
                .toList();
    }

    private static boolean hasVaeParts(Path model) {
        try (SafeTensors parts = SafeTensors.open(model.resolve("expected_parts.safetensors"))) {
            return parts.has("vae.image");
        }
    }

    private static List<String> fileNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
