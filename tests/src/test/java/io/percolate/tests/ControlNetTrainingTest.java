package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.cli.Percolate;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.weights.ControlNetFile;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.StateDict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ControlNets for models of every family are trained by the command, and open again. */
class ControlNetTrainingTest {

    private static final String WEIGHTS = "controlnet/diffusion_pytorch_model.safetensors";

    @TempDir
    Path folder;

    @BeforeEach
    void makeImages() {
        new TinyTraining(folder).draw();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1-tiny", "sd2-tiny", "sdxl-tiny"})
    void aNetworkOfEveryFamilyOpensAgainAndSteers(String model) {
        Path out = folder.resolve("run");
        assertThat(train(model, out, "--steps", "2")).isZero();
        Path without = generate(model, "without.png");
        Path with = generate(
                model,
                "with.png",
                "--controlnet",
                out.resolve("controlnet").toString(),
                "--control-image",
                anImage().toString());
        assertThat(TestFolders.same(without, with)).isFalse();
    }

    @Test
    void everyWeightIsTrainedFromThoseOfTheModelOrZero() {
        Path out = folder.resolve("run");
        assertThat(train("sd1-tiny", out, "--steps", "3")).isZero();
        SoftAssertions changes = new SoftAssertions();
        try (StateDict trained = ControlNetFile.open(out.resolve("controlnet"));
                StateDict base = WeightFile.open(TestFolders.DATA.resolve("sd1-tiny/unet"))) {
            for (String name : trained.names()) {
                boolean copied = base.has(name);
                assertThat(copied).as(name).isEqualTo(!name.startsWith("controlnet_"));
                float[] now = numbers(trained, name);
                changes.assertThat(now).as(name).isNotEqualTo(copied ? numbers(base, name) : new float[now.length]);
            }
        }
        changes.assertAll();
    }

    @Test
    void aKilledRunWritesTheSameBytesAsOneThatWasNot() {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        assertThat(train("sd1-tiny", whole, "--steps", "4")).isZero();
        assertThat(train("sd1-tiny", parts, "--steps", "2")).isZero();
        assertThat(train("sd1-tiny", parts, "--steps", "4", "--resume")).isZero();
        assertThat(TestFolders.same(whole.resolve(WEIGHTS), parts.resolve(WEIGHTS)))
                .isTrue();
    }

    @Test
    void controlImagesMayLieInAnotherFolder() {
        Path controls = folder.resolve("controls");
        TestFolders.copy(folder.resolve("data"), controls);
        assertThat(train("sd1-tiny", folder.resolve("own"), "--controls", controls.toString()))
                .isZero();
        assertThat(train(
                        "sd1-tiny",
                        folder.resolve("none"),
                        "--controls",
                        folder.resolve("absent").toString()))
                .isPositive();
    }

    @Test
    void mirroredImagesAreRefused() throws IOException {
        Path recipe = Files.writeString(folder.resolve("flips.json"), "{\"training\": {\"flips\": true}}");
        assertThat(train("sd1-tiny", folder.resolve("run"), "--config", recipe.toString()))
                .isPositive();
    }

    private static float[] numbers(StateDict dict, String name) {
        try (NDManager manager = TorchEngine.newManager()) {
            return dict.read(manager, name).toFloatArray();
        }
    }

    private Path anImage() {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            return files.filter(ImageFiles::isImage).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int train(String model, Path out, String... more) {
        List<String> command = new ArrayList<>(List.of("train", "controlnet", "--from"));
        command.add(TestFolders.DATA.resolve(model).toString());
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--out", out.toString()));
        command.addAll(List.of("--resolution", "64", "--batch", "2", "--learning-rate", "0.01"));
        if (!List.of(more).contains("--config")) {
            command.addAll(List.of("--config", recipe().toString()));
        }
        if (!List.of(more).contains("--steps")) {
            command.addAll(List.of("--steps", "1"));
        }
        command.addAll(List.of(more));
        return Percolate.run(command.toArray(String[]::new));
    }

    private Path recipe() {
        try {
            return Files.writeString(
                    folder.resolve("recipe.json"),
                    "{\"training\": {\"samples\": 1, \"sample_steps\": 1, \"precision\": \"fp32\"}}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path generate(String model, String name, String... more) {
        Path png = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("generate", "a shape", "--model"));
        command.add(TestFolders.DATA.resolve(model).toString());
        command.addAll(List.of("--out", png.toString(), "--steps", "1", "--seed", "1", "--size", "64x64"));
        command.addAll(List.of(more));
        assertThat(Percolate.run(command.toArray(String[]::new))).isZero();
        return png;
    }
}
