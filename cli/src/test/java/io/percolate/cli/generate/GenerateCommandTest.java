package io.percolate.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cli.CommandRun;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void imageSaysHowItWasMadeAndItsPathIsPrinted() {
        CommandRun run = generate("A red apple!", "--seed", 7, "--negative", "blurry", "--sampler", "euler");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path image = folder.resolve("a-red-apple-7.png");
        assertThat(run.out()).isEqualTo(image + System.lineSeparator());
        ParameterText text = ImageFiles.readText(image).orElseThrow();
        assertThat(text.prompt()).isEqualTo("A red apple!");
        assertThat(text.negativePrompt()).isEqualTo("blurry");
        assertThat(text.settings())
                .containsEntry(ParameterText.SEED, "7")
                .containsEntry(ParameterText.STEPS, "1")
                .containsEntry(ParameterText.SAMPLER, "euler")
                .containsEntry(ParameterText.SIZE, "64x64");
    }

    @Test
    void progressCountsStepsAndImagesWithinEightyColumns() {
        CommandRun run = generate("apple", "--count", 2, "--batch-limit", 1, "--steps", 3);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("2 of 2 images");
        assertThat(run.err().split("[\r\n]+"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    }

    @Test
    void theSameSeedGivesTheSameFileAndNothingIsOverwritten() {
        generate("apple", "--seed", 7);
        CommandRun second = generate("apple", "--seed", 7);
        assertThat(second.out()).contains("apple-7-2.png");
        assertThat(folder.resolve("apple-7-2.png")).hasSameBinaryContentAs(folder.resolve("apple-7.png"));
    }

    @Test
    void severalPromptsAreOneBatchThatStartsFromGivenLatents() throws IOException {
        Path first = folder.resolve("first.safetensors");
        Path second = folder.resolve("second.safetensors");
        CommandRun run = generate("an apple", "a pear", "--seed", 3, "--save-tensors", first, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode images = new ObjectMapper().readTree(run.out()).path("images");
        assertThat(images.findValuesAsText("prompt")).containsExactly("an apple", "a pear");
        assertThat(images.findValuesAsText("seed")).containsExactly("3", "4");
        assertThat(images.findValuesAsText("file"))
                .allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());

        generate("an apple", "a pear", "--seed", 99, "--latents", first, "--save-tensors", second);
        assertThat(tensor(second, "latents", new Shape(2, 4, 8, 8)))
                .isEqualTo(tensor(first, "latents", new Shape(2, 4, 8, 8)));
        assertThat(tensor(second, "final_latents", new Shape(2, 4, 8, 8)))
                .isEqualTo(tensor(first, "final_latents", new Shape(2, 4, 8, 8)));
        assertThat(tensor(second, "image", new Shape(2, 3, 64, 64)))
                .isEqualTo(tensor(first, "image", new Shape(2, 3, 64, 64)));
        float[] pixels = tensor(second, "image", new Shape(2, 3, 64, 64));
        Arrays.sort(pixels);
        assertThat(pixels[0]).isNotNegative();
        assertThat(pixels[pixels.length - 1]).isLessThanOrEqualTo(1);
    }

    @Test
    void singleFileDrawsWhatTheFolderDrawsWhoseConfigsItIsGiven() {
        Path model = CommandRun.MODEL.resolveSibling("sd1-tiny");
        Path ofFolder = folder.resolve("folder.png");
        Path ofFile = folder.resolve("file.png");
        generate("apple", "--seed", 1, "--model", model, "--out", ofFolder);
        Path file = model.resolve("single-file.safetensors");
        CommandRun run = generate("apple", "--seed", 1, "--model", file, "--config", model, "--out", ofFile);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(pixels(ofFile)).isEqualTo(pixels(ofFolder));
    }

    @Test
    void offloadingGeneratesTheSameImage() {
        Path usual = folder.resolve("usual.png");
        Path saving = folder.resolve("saving.png");
        generate("apple", "--seed", 1, "--out", usual);
        CommandRun run = generate("apple", "--seed", 1, "--offload", "--out", saving);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(pixels(saving)).isEqualTo(pixels(usual));
    }

    @Test
    void imageToChangeSaysHowLargeTheResultIs() {
        Path sketch = folder.resolve("sketch.png");
        Path result = folder.resolve("result.png");
        ImageFiles.writePng(sketch, new BufferedImage(96, 70, BufferedImage.TYPE_INT_RGB));
        CommandRun run = generate("apple", "--init-image", sketch, "--strength", 1, "--out", result);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ImageFiles.read(result).getWidth()).isEqualTo(96);
        assertThat(ImageFiles.read(result).getHeight()).isEqualTo(64);
    }

    @Test
    void everySeedIsDrawnWhateverTheBatchLimit() {
        CommandRun run = generate("apple", "--count", 3, "--seeds", "5,1,9", "--batch-limit", 2);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().map(Path::of).map(Path::getFileName).map(Path::toString))
                .containsExactly("apple-5.png", "apple-1.png", "apple-9.png");
        generate("apple", "--seed", 9, "--out", folder.resolve("alone.png"));
        assertThat(pixels(folder.resolve("apple-9.png"))).isEqualTo(pixels(folder.resolve("alone.png")));
    }

    @Test
    void imagesDrawnBeforeAFailureAreKept() {
        Path latents = folder.resolve("latents.safetensors");
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray noise = manager.ones(new Shape(2, 4, 8, 8));
            noise.set(new NDIndex("1"), Float.NaN);
            SafeTensors.write(latents, Map.of("latents", noise), Map.of(), ElementType.F32);
        }
        CommandRun run = generate("apple", "--count", 2, "--seed", 7, "--latents", latents);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("image 2", "not numbers");
        assertThat(ImageFiles.read(folder.resolve("apple-7.png"))).isNotNull();
        assertThat(folder.resolve("apple-8.png")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--weighted", "--clip-skip 1", "--guidance-rescale 0.7", "--guidance-interval 0:500", "--eta 1"})
    void everyOptionChangesTheImage(String options) {
        Path plain = folder.resolve("plain.png");
        Path changed = folder.resolve("changed.png");
        String rest = " --sampler ddim --seed 1 --steps 3 --guidance 9";
        generate("a (red:1.8) apple", (Object[]) ("--out " + plain + rest).split(" "));
        CommandRun run = generate("a (red:1.8) apple", (Object[]) (options + " --out " + changed + rest).split(" "));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(pixels(changed)).isNotEqualTo(pixels(plain));
    }

    /** In the names of the tools that read such files; see that nothing is said of what was left at its default. */
    @Test
    void imageTellsEveryChoiceThatMadeIt() {
        Path image = folder.resolve("apple.png");
        String common = "--out " + image + " --seed 1 --steps 3 --guidance 9 --sampler ";
        generate("apple", (Object[]) (common + "ddim --eta 0 --clip-skip 0 --guidance-rescale 0").split(" "));
        assertThat(ImageFiles.readText(image).orElseThrow().settings())
                .containsOnlyKeys("Steps", "Sampler", "CFG scale", "Seed", "Size", "Model", "Version");
        CommandRun run = generate("apple", (Object[]) (common + "ddim --eta 0.5 --clip-skip 1 --weighted "
                        + "--guidance-rescale 0.7 --guidance-interval 100:800 --spacing trailing --init-image "
                        + image)
                .split(" "));
        assertThat(run.exitCode()).as(run.err()).isZero();
        image = Path.of(run.out().strip());
        assertThat(CommandRun.of("inspect", image).out())
                .contains("Steps: 3, Sampler: ddim, CFG scale: 9.0, Seed: 1, Size: 64x64, ")
                .contains("Timestep spacing: Trailing, Eta DDIM: 0.5, CFG rescale: 0.7, CFG interval: 100.0-800.0, "
                        + "Clip skip: 2, Emphasis: Original, Denoising strength: 0.8, Version: ");
        run = generate("apple", (Object[]) (common + "euler --karras").split(" "));
        assertThat(CommandRun.of("inspect", Path.of(run.out().strip())).out())
                .contains("Sampler: euler")
                .contains("Schedule type: Karras")
                .doesNotContain("Eta");
    }

    @Test
    void givenNoiseCoversTheImageToo() {
        Path sketch = folder.resolve("sketch.png");
        ImageFiles.writePng(sketch, new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
        Path tensors = folder.resolve("tensors.safetensors");
        Path given = folder.resolve("given.safetensors");
        generate("apple", "--init-image", sketch, "--seed", 1, "--steps", 4, "--save-tensors", tensors);
        CommandRun run = generate(
                "apple",
                "--init-image",
                sketch,
                "--seed",
                1,
                "--steps",
                4,
                "--latents",
                tensors,
                "--save-tensors",
                given);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Shape shape = new Shape(1, 4, 8, 8);
        assertThat(tensor(given, "final_latents", shape)).isEqualTo(tensor(tensors, "final_latents", shape));
        refused(
                generate("apple", "--init-image", sketch, "--latents", tensors, "--mask", sketch),
                "--mask and --latents");
        refused(generate("apple", "--init-image", tensors, "--size", "96x64"), "image of (1, 3, 64, 64)");
    }

    @Test
    void onlyModelsForEditingTakeInstructions() {
        Path sketch = folder.resolve("sketch.png");
        ImageFiles.writePng(sketch, new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
        refused(
                generate("make it red", "--edit", sketch, "--image-guidance", 2),
                "sd2-tiny, is not an instruct-pix2pix model",
                "--init-image");
    }

    @Test
    void whatTheModelCannotDoIsWrongUsageAndLeavesNoFile() throws IOException {
        refused(generate("apple", "--size", "60x64"), "size 60x64", "ask for 64x64");
        refused(
                generate("apple", "--eta", 1, "--sampler", "euler"),
                "eta 1.0 is for the samplers ddim and tcd, not for euler");
        refused(generate("apple", "--device", "gpu:7"), "--device gpu:7 is not available", "--device cpu");
        refused(generate("apple", "--latents", CommandRun.MODEL.resolve("expected_parts.safetensors")), "latents");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void modelsThatCannotBeReadAreFailures() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        assertThat(failure("--model", model)).contains("model_index.json");
        Files.copy(CommandRun.MODEL.resolve("model_index.json"), model.resolve("model_index.json"));
        assertThat(failure("--model", model)).contains("no folder unet");
        assertThat(failure("--model", folder.resolve("absent"))).contains("absent");
    }

    private String failure(Object... arguments) {
        CommandRun run = generate("apple", arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err().strip()).hasLineCount(1).startsWith("percolate: ");
        return run.complaint();
    }

    private static void refused(CommandRun run, String... saying) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.complaint()).contains(saying);
    }

    private CommandRun generate(String prompt, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("generate", prompt, "--model", CommandRun.MODEL));
        arguments.addAll(List.of("--out", folder, "--steps", 1));
        Stream.of("--model", "--out", "--steps")
                .filter(Arrays.asList(more)::contains)
                .map(arguments::indexOf)
                .sorted(Comparator.reverseOrder())
                .forEach(at -> arguments.subList(at, at + 2).clear());
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray());
    }

    private static int[] pixels(Path image) {
        return ImageFiles.read(image).getRGB(0, 0, 64, 64, null, 0, 64);
    }

    private static float[] tensor(Path file, String name, Shape shape) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors tensors = SafeTensors.open(file)) {
            assertThat(tensors.info(name).shape()).isEqualTo(shape);
            return tensors.read(manager, name).toFloatArray();
        }
    }
}
