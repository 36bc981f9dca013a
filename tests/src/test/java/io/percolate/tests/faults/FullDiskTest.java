package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.cli.Percolate;
import io.percolate.tests.ChildJvm;
import io.percolate.tests.TestFolders;
import io.percolate.tests.TinyTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The system refuses files above a few kilobytes, as a full disk does. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final int BLOCKS = 16; // of 512 or 1024 bytes, as the shell likes

    /** The sample image of the step at which the training stops: it is written first, and whole. */
    private static final String SMALL_ENOUGH = "samples/step-0000006.png";

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void train() {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(4);
    }

    @Test
    void aTrainingStopsAndKeepsItsCheckpoints() throws IOException, InterruptedException {
        Path recipe = training.vaeRecipe();
        String complaint = refused(
                training.vae(),
                "train",
                "vae",
                "--data",
                training.data(),
                "--config",
                recipe,
                "--steps",
                6,
                "--resume");
        assertThat(complaint).contains("cannot write", "checkpoint", "File too large");
    }

    @Test
    void encodedImagesThatDoNotFitLeaveNoShard() throws IOException, InterruptedException {
        Path out = folder.resolve("encoded");
        Path recipe = Files.writeString(folder.resolve("exact.json"), "{\"training\": {\"cache_type\": \"fp32\"}}");
        String complaint = run(
                "train",
                "diffusion",
                "--data",
                training.data(),
                "--vae",
                training.vae(),
                "--config",
                recipe,
                "--steps",
                1,
                "--out",
                out);
        assertThat(complaint).contains("cannot write " + out.resolve("latents"), "File too large");
        assertThat(TestFolders.files(out)).containsExactly("latents/images.jsonl");
    }

    @Test
    void aComparisonStopsAndKeepsItsRecord() throws IOException, InterruptedException {
        Path out = folder.resolve("comparison");
        Path recipe = folder.resolve("pixels.json");
        training.pixelRecipe().write(recipe);
        String complaint = run(
                "compare",
                "--data",
                training.data(),
                "--vae",
                training.vae(),
                "--config",
                recipe,
                "--images",
                2,
                "--steps",
                1,
                "--out",
                out);
        assertThat(complaint).contains("cannot write " + out.resolve("pixels"), "File too large");
        assertThat(TestFolders.files(out))
                .contains("comparison.json")
                .noneMatch(file -> file.endsWith(".partial") || file.endsWith(".safetensors"));
    }

    @Test
    void aConversionLeavesNothing() throws IOException, InterruptedException {
        Path single = folder.resolve("converted/model.safetensors");
        Files.createDirectories(single.getParent());
        Path model = TestFolders.DATA.resolve("sd2-tiny");
        String complaint = run("convert", model, single);
        assertThat(complaint).contains("cannot write " + single, "File too large");
        assertThat(TestFolders.files(single.getParent())).isEmpty();
    }

    @Test
    void anImageThatDoesNotFitLeavesTheOneBefore() throws IOException, InterruptedException {
        Path image = Files.writeString(
                Files.createDirectories(folder.resolve("images")).resolve("a.png"), "before");
        Path model = TestFolders.DATA.resolve("sd2-tiny");
        String complaint =
                run("generate", "a", "--model", model, "--size", "128x128", "--steps", 1, "--seed", 1, "--out", image);
        assertThat(complaint).contains("cannot write " + image, "File too large");
        assertThat(image).hasContent("before");
        assertThat(TestFolders.files(image.getParent())).containsExactly("a.png");
    }

    /** What a command says that goes on in {@code out}, where everything that counts is as it was. */
    private static String refused(Path out, Object... command) throws IOException, InterruptedException {
        Map<String, byte[]> before = contents(out);
        Object[] all = new Object[command.length + 2];
        System.arraycopy(command, 0, all, 0, command.length);
        all[command.length] = "--out";
        all[command.length + 1] = out;
        String complaint = run(all);
        Map<String, byte[]> after = contents(out);
        assertThat(after.keySet()).containsAll(before.keySet());
        assertThat(after.keySet()).allMatch(file -> before.containsKey(file) || file.equals(SMALL_ENOUGH));
        for (String file : List.of("checkpoint.safetensors", "diffusion_pytorch_model.safetensors", "config.json")) {
            assertThat(after.get(file)).as(file).isEqualTo(before.get(file));
        }
        return complaint;
    }

    private static Map<String, byte[]> contents(Path out) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (String file : TestFolders.files(out)) {
            contents.put(file, Files.readAllBytes(out.resolve(file)));
        }
        return contents;
    }

    private static String run(Object... command) throws IOException, InterruptedException {
        String[] arguments = List.of(command).stream().map(Object::toString).toArray(String[]::new);
        Process process = ChildJvm.PLAIN.startLimited(BLOCKS, folder, Percolate.class.getName(), arguments);
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        String[] lines = output.strip().split("[\r\n]+");
        return lines[lines.length - 1];
    }
}
