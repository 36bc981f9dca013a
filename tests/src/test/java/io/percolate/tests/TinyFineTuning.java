package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.cli.Percolate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Trainings of tiny models that exist, and images of what they learned, by the command; answers are its exit codes. */
final class TinyFineTuning {

    static final String RECIPE =
            """
            {"lora": {"dropout": 0.1}, "loss": {"noise_offset": 0.1, "min_snr_gamma": 5},
             "training": {"samples": 1, "sample_steps": 1, "precision": "fp32"}}""";

    private static final Path MODELS = TestFolders.DATA;

    private final Path folder;

    /** Everything goes into {@code folder}, the images to train on first. */
    TinyFineTuning(Path folder) {
        this.folder = folder;
        new TinyTraining(folder).draw();
    }

    /** Trains a LoRA of rank 2 for two steps, unless {@code more} says otherwise. */
    int lora(String model, Path out, String... more) {
        List<String> command = new ArrayList<>(List.of("train", "lora", "--model", path(model)));
        command.addAll(List.of("--data", data(), "--out", out.toString(), "--trigger", "xyz"));
        addUnlessGiven(command, more, "--rank", "2");
        addUnlessGiven(command, more, "--steps", "2");
        addUnlessGiven(command, more, "--resolution", "64");
        addUnlessGiven(command, more, "--config", write("recipe.json", RECIPE));
        command.addAll(List.of("--learning-rate", "0.1"));
        return run(command, more);
    }

    /** Trains the token {@code <xyz>} for two steps. */
    int token(String model, Path out, int vectors) {
        List<String> command = new ArrayList<>(List.of("train", "embedding", "--model", path(model)));
        command.addAll(List.of("--data", data(), "--out", out.toString(), "--token", "<xyz>", "--init", "apple"));
        command.addAll(List.of("--vectors", "" + vectors, "--resolution", "64", "--steps", "2"));
        return run(command, "--config", write("token.json", recipe(0.5)));
    }

    /** Trains the whole denoiser for two steps, unless {@code more} says otherwise. */
    int whole(String model, Path out, String... more) {
        List<String> command = new ArrayList<>(List.of("train", "diffusion", "--from", path(model)));
        command.addAll(List.of("--data", data(), "--out", out.toString(), "--resolution", "64"));
        addUnlessGiven(command, more, "--config", write("whole.json", recipe(0.001)));
        addUnlessGiven(command, more, "--steps", "2");
        return run(command, more);
    }

    /** An image of {@code <xyz> xyz} by a model of the tests; {@code configs} is the folder that has its configs. */
    Path generate(String model, String configs, String name, String... more) {
        String[] config = model.equals(configs) ? new String[0] : new String[] {"--config", path(configs)};
        return generate(MODELS.resolve(model), name, join(config, more));
    }

    /** The same by any model. */
    Path generate(Path model, String name, String... more) {
        Path png = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("generate", "<xyz> xyz", "--model", model.toString()));
        command.addAll(List.of("--out", png.toString(), "--steps", "2", "--seed", "1"));
        command.addAll(List.of("--size", "64x64", "--precision", "fp32"));
        assertThat(run(command, more)).isZero();
        return png;
    }

    /** The folder of images that is trained on. */
    String data() {
        return folder.resolve("data").toString();
    }

    /** The file {@code name} with this text. */
    String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a model of the tests is. */
    static String path(String model) {
        return MODELS.resolve(model).toString();
    }

    static String[] join(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String recipe(double learningRate) {
        return """
                {"training": {"samples": 1, "sample_steps": 1, "learning_rate": %s, "precision": "fp32"}}"""
                .formatted(learningRate);
    }

    private static void addUnlessGiven(List<String> command, String[] more, String option, String value) {
        if (!Arrays.asList(more).contains(option)) {
            command.addAll(List.of(option, value));
        }
    }

    private static int run(List<String> command, String... more) {
        return Percolate.run(join(command.toArray(String[]::new), more));
    }
}
