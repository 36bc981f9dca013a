package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.cli.Percolate;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.WeightFile;
import io.percolate.weights.inversion.TextualInversion;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.StateDict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of every family learn something new by the command, and open again with it. */
class FineTuningTest {

    private static final Path DATA = TestFolders.DATA;
    private static final String RECIPE =
            """
            {"lora": {"dropout": 0.1}, "loss": {"noise_offset": 0.1, "min_snr_gamma": 5},
             "training": {"samples": 1, "sample_steps": 1, "precision": "fp32"}}""";

    @TempDir
    Path folder;

    @BeforeEach
    void makeImages() {
        new TinyTraining(folder).draw();
    }

    @ParameterizedTest
    @CsvSource({
        "sd1-tiny, sd1-tiny, diffusers",
        "sd2-tiny, sd2-tiny, kohya",
        "sdxl-tiny, sdxl-tiny, kohya",
        "sd1-tiny/single-file.safetensors, sd1-tiny, kohya",
        "sd1-tiny/single-file-fp16.ckpt, sd1-tiny, diffusers"
    })
    void updatesOfEveryFamilyAreWrittenAndOpenAgain(String model, String configs, String format) {
        Path file = folder.resolve("lora.safetensors");
        String[] config = model.equals(configs)
                ? new String[0]
                : new String[] {"--model-config", DATA.resolve(configs).toString()};
        assertThat(lora(model, file, join(config, "--format", format, "--text-encoder")))
                .isZero();
        Path without = generate(model, configs, "without.png");
        Path with = generate(model, configs, "with.png", "--lora", file.toString());
        assertThat(same(without, with)).isFalse();
    }

    @Test
    void aKilledRunWritesTheSameBytesAsOneThatWasNot() {
        String[] options = {"--class-data", data(), "--class-caption", "a thing", "--text-encoder", "--batch", "2"};
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        assertThat(lora("sdxl-tiny", whole, join(options, "--steps", "4"))).isZero();
        assertThat(lora("sdxl-tiny", parts, join(options, "--steps", "2"))).isZero();
        assertThat(lora("sdxl-tiny", parts, join(options, "--steps", "4", "--resume")))
                .isZero();
        String name = "pytorch_lora_weights.safetensors";
        assertThat(same(whole.resolve(name), parts.resolve(name))).isTrue();
    }

    /** What the file has in float16 stays so where blocks are computed again. */
    @Test
    void blocksComputedAgainGiveTheSameUpdatesToRounding() {
        Path kept = folder.resolve("kept");
        Path again = folder.resolve("again");
        String model = "sd1-tiny/single-file-fp16.ckpt";
        String[] options = {"--batch", "2", "--steps", "3", "--text-encoder", "--model-config", path("sd1-tiny")};
        assertThat(lora(model, kept, options)).isZero();
        String recipe =
                RECIPE.replace("\"samples\"", "\"gradient_checkpointing\": true, \"micro_batch\": 1, \"samples\"");
        assertThat(lora(model, again, join(options, "--config", write("again.json", recipe))))
                .isZero();
        assertThat(TinyTraining.lastLoss(again)).isCloseTo(TinyTraining.lastLoss(kept), within(1e-5));
    }

    @Test
    void aFileHasTheNamesOfThatOfTheTrainersItImitates() {
        String all = "attention,feed_forward,projections,convolutions";
        for (String base : List.of("lora-sd1", "lora-sdxl")) {
            String model =
                    JsonConfig.read(DATA.resolve(base).resolve("expected.json")).string("base");
            for (String format : List.of("diffusers", "kohya")) {
                Path file = folder.resolve(base + "-" + format + ".safetensors");
                String targets = base.equals("lora-sd1") ? "attention" : all;
                assertThat(lora(model, file, "--format", format, "--targets", targets, "--text-encoder"))
                        .isZero();
                Path theirs = DATA.resolve(base)
                        .resolve(format.equals("kohya") ? "kohya.safetensors" : "pytorch_lora_weights.safetensors");
                assertThat(names(file)).isEqualTo(names(theirs));
            }
        }
    }

    /** As its own trainer calls them: the first text encoder of Stable Diffusion XL otherwise than that of 1 and 2. */
    @Test
    void aFileForKohyasTrainerHasItsNames() {
        Path file = folder.resolve("kohya-xl.safetensors");
        String all = "attention,feed_forward,projections,convolutions";
        assertThat(lora("sdxl-tiny", file, "--format", "kohya_xl", "--targets", all, "--text-encoder"))
                .isZero();
        Set<String> expected = new TreeSet<>();
        names(DATA.resolve("lora-sdxl/kohya.safetensors"))
                .forEach(name -> expected.add(name.replace("lora_te_", "lora_te1_")));
        assertThat(names(file))
                .isEqualTo(expected)
                .anyMatch(name -> name.startsWith("lora_te1_"))
                .anyMatch(name -> name.startsWith("lora_te2_"));
        Path without = generate("sdxl-tiny", "sdxl-tiny", "without.png");
        Path with = generate("sdxl-tiny", "sdxl-tiny", "with.png", "--lora", file.toString());
        assertThat(same(without, with)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sd1-tiny, 1", "sdxl-tiny, 3"})
    void aTokenIsLearnedAndOpensAgain(String model, int vectors) {
        Path file = folder.resolve("token.safetensors");
        String[] command = {
            "train", "embedding", "--model", path(model), "--data", data(), "--out", file.toString(), "--token", "<xyz>"
        };
        String[] more = {"--init", "apple", "--vectors", "" + vectors, "--resolution", "64"};
        assertThat(run(join(join(command, more), "--config", embeddingRecipe(), "--steps", "2")))
                .isZero();
        try (TextualInversion learned = TextualInversion.open(file, Optional.empty())) {
            assertThat(learned.token()).isEqualTo("<xyz>");
            assertThat(learned.vectorCount(ModelPart.TEXT_ENCODER, 32)).isEqualTo(vectors);
        }
        Path start = folder.resolve("token").resolve("start.safetensors");
        Path before = generate(model, model, "before.png", "--embedding", start + ":<xyz>");
        Path after = generate(model, model, "after.png", "--embedding", file.toString());
        assertThat(same(before, after)).isFalse();
    }

    @Test
    void aWholeDenoiserIsTrainedBesideWhatStaysAsItIs() {
        Path out = folder.resolve("model");
        assertThat(whole("sd1-tiny", out)).isZero();
        for (String file : List.of("vae/config.json", "text_encoder/config.json")) {
            assertThat(same(out.resolve(file), DATA.resolve("sd1-tiny").resolve(file)))
                    .isTrue();
        }
        Path before = generate("sd1-tiny", "sd1-tiny", "before.png");
        Path after = folder.resolve("after.png");
        assertThat(run(join(request(out.toString(), after)))).isZero();
        assertThat(same(before, after)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sd2-tiny, text_encoder", "sdxl-tiny, text_encoder", "sdxl-tiny, text_encoder_2"})
    void textEncodersLearnBesideAWholeDenoiser(String model, String encoder) {
        Path out = folder.resolve("model");
        Path parts = folder.resolve("parts");
        assertThat(whole(model, out, "--text-encoder", "--steps", "2")).isZero();
        assertThat(whole(model, parts, "--text-encoder", "--steps", "1")).isZero();
        assertThat(whole(model, parts, "--text-encoder", "--steps", "2", "--resume"))
                .isZero();
        Path weights = Path.of(encoder, "model.safetensors");
        assertThat(same(out.resolve(weights), parts.resolve(weights))).isTrue();
        String layer = "text_model.encoder.layers.0.self_attn.q_proj.weight";
        assertThat(values(out.resolve(encoder), layer))
                .isNotEqualTo(values(DATA.resolve(model).resolve(encoder), layer));
        assertThat(run(join(request(out.toString(), folder.resolve("after.png")))))
                .isZero();
    }

    private static float[] values(Path encoder, String tensor) {
        try (NDManager manager = TorchEngine.newManager();
                StateDict weights = WeightFile.open(encoder)) {
            String name = weights.has(tensor) ? tensor : tensor.replace("text_model.", "");
            return weights.read(manager, name, DataType.FLOAT32).toFloatArray();
        }
    }

    private int whole(String model, Path out, String... more) {
        List<String> command = new ArrayList<>(List.of("train", "diffusion", "--from", path(model)));
        command.addAll(List.of("--data", data(), "--out", out.toString(), "--resolution", "64"));
        addUnlessGiven(command, more, "--config", wholeRecipe());
        addUnlessGiven(command, more, "--steps", "2");
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    @Test
    void whatCannotBeTrainedIsRefused() {
        Path out = folder.resolve("lora");
        assertThat(lora("sd1-tiny", out, "--rank", "0")).isPositive();
        assertThat(lora("sd1-tiny", out, "--resolution", "60")).isPositive();
        assertThat(lora("sd1-tiny", out)).isZero();
        assertThat(lora("sd2-tiny", out, "--resume", "--steps", "3")).isPositive();
    }

    private int lora(String model, Path out, String... more) {
        List<String> command = new ArrayList<>(List.of("train", "lora", "--model", path(model)));
        command.addAll(List.of("--data", data(), "--out", out.toString(), "--trigger", "xyz"));
        addUnlessGiven(command, more, "--rank", "2");
        addUnlessGiven(command, more, "--steps", "2");
        addUnlessGiven(command, more, "--resolution", "64");
        addUnlessGiven(command, more, "--config", write("recipe.json", RECIPE));
        command.addAll(List.of("--learning-rate", "0.1"));
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    private static void addUnlessGiven(List<String> command, String[] more, String option, String value) {
        if (!Arrays.asList(more).contains(option)) {
            command.addAll(List.of(option, value));
        }
    }

    private String embeddingRecipe() {
        return write(
                "embedding.json",
                """
                {"training": {"samples": 1, "sample_steps": 1, "learning_rate": 0.5, "precision": "fp32"}}""");
    }

    private String wholeRecipe() {
        return write(
                "whole.json",
                """
                {"training": {"samples": 1, "sample_steps": 1, "learning_rate": 0.001, "precision": "fp32"}}""");
    }

    private Path generate(String model, String configs, String name, String... more) {
        Path png = folder.resolve(name);
        String[] config = model.equals(configs)
                ? new String[0]
                : new String[] {"--config", DATA.resolve(configs).toString()};
        assertThat(run(join(request(path(model), png), join(config, more)))).isZero();
        return png;
    }

    private static String[] request(String model, Path png) {
        return new String[] {
            "generate",
            "<xyz> xyz",
            "--model",
            model,
            "--out",
            png.toString(),
            "--steps",
            "2",
            "--seed",
            "1",
            "--size",
            "64x64",
            "--precision",
            "fp32"
        };
    }

    private static int run(String... arguments) {
        return Percolate.run(arguments);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String path(String model) {
        return DATA.resolve(model).toString();
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(Path file) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return new TreeSet<>(tensors.names());
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.mismatch(one, other) == -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] join(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }
}
