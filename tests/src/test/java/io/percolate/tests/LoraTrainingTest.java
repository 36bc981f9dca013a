package io.percolate.tests;

import static io.percolate.tests.TestFolders.same;
import static io.percolate.tests.TinyFineTuning.join;
import static io.percolate.tests.TinyFineTuning.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percolate.files.JsonConfig;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of every family learn a LoRA by the command, and open again with it. */
class LoraTrainingTest {

    private static final Path DATA = TestFolders.DATA;
    private static final String ALL_TARGETS = "attention,feed_forward,projections,convolutions";

    @TempDir
    Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void makeImages() {
        tiny = new TinyFineTuning(folder);
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
        String[] config = model.equals(configs) ? new String[0] : new String[] {"--model-config", path(configs)};
        assertThat(tiny.lora(model, file, join(config, "--format", format, "--text-encoder")))
                .isZero();
        Path without = tiny.generate(model, configs, "without.png");
        Path with = tiny.generate(model, configs, "with.png", "--lora", file.toString());
        assertThat(same(without, with)).isFalse();
    }

    @Test
    void aKilledRunWritesTheSameBytesAsOneThatWasNot() {
        String[] options = {"--class-data", tiny.data(), "--class-caption", "a thing", "--text-encoder", "--batch", "2"
        };
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        assertThat(tiny.lora("sdxl-tiny", whole, join(options, "--steps", "4"))).isZero();
        assertThat(tiny.lora("sdxl-tiny", parts, join(options, "--steps", "2"))).isZero();
        assertThat(tiny.lora("sdxl-tiny", parts, join(options, "--steps", "4", "--resume")))
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
        assertThat(tiny.lora(model, kept, options)).isZero();
        String recipe = TinyFineTuning.RECIPE.replace(
                "\"samples\"", "\"gradient_checkpointing\": true, \"micro_batch\": 1, \"samples\"");
        assertThat(tiny.lora(model, again, join(options, "--config", tiny.write("again.json", recipe))))
                .isZero();
        assertThat(TinyTraining.lastLoss(again)).isCloseTo(TinyTraining.lastLoss(kept), within(1e-5));
    }

    @Test
    void aFileHasTheNamesOfThatOfTheTrainersItImitates() {
        for (String base : List.of("lora-sd1", "lora-sdxl")) {
            String model =
                    JsonConfig.read(DATA.resolve(base).resolve("expected.json")).string("base");
            for (String format : List.of("diffusers", "kohya")) {
                Path file = folder.resolve(base + "-" + format + ".safetensors");
                String targets = base.equals("lora-sd1") ? "attention" : ALL_TARGETS;
                assertThat(tiny.lora(model, file, "--format", format, "--targets", targets, "--text-encoder"))
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
        assertThat(tiny.lora("sdxl-tiny", file, "--format", "kohya_xl", "--targets", ALL_TARGETS, "--text-encoder"))
                .isZero();
        Set<String> expected = new TreeSet<>();
        names(DATA.resolve("lora-sdxl/kohya.safetensors"))
                .forEach(name -> expected.add(name.replace("lora_te_", "lora_te1_")));
        assertThat(names(file))
                .isEqualTo(expected)
                .anyMatch(name -> name.startsWith("lora_te1_"))
                .anyMatch(name -> name.startsWith("lora_te2_"));
        Path without = tiny.generate("sdxl-tiny", "sdxl-tiny", "without.png");
        Path with = tiny.generate("sdxl-tiny", "sdxl-tiny", "with.png", "--lora", file.toString());
        assertThat(same(without, with)).isFalse();
    }

    @Test
    void whatCannotBeTrainedIsRefused() {
        Path out = folder.resolve("lora");
        assertThat(tiny.lora("sd1-tiny", out, "--rank", "0")).isPositive();
        assertThat(tiny.lora("sd1-tiny", out, "--resolution", "60")).isPositive();
        assertThat(tiny.lora("sd1-tiny", out)).isZero();
        assertThat(tiny.lora("sd2-tiny", out, "--resume", "--steps", "3")).isPositive();
    }

    private static Set<String> names(Path file) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return new TreeSet<>(tensors.names());
        }
    }
}
