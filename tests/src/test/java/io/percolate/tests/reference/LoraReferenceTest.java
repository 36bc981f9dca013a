package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.TextToImage;
import io.percolate.pipeline.model.LoadOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** LoRA files change the images of their base model as they do in diffusers. */
class LoraReferenceTest {

    private static final double TOLERANCE = 1e-3;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> imagesWithALoraAreThoseOfDiffusers() {
        return Suite.find("*lora-*/expected.json").stream()
                .map(file -> new PipelineCase(file, JsonConfig.read(file)))
                .filter(lora -> !lora.request().isNull("scales"))
                .flatMap(this::variants);
    }

    /** The file that diffusers wrote at scale 1, and kohya's at every scale of the case. */
    private Stream<DynamicTest> variants(PipelineCase lora) {
        Stream<DynamicTest> scaled = lora.request().numbers("scales").stream()
                .map(scale -> variant(lora, "kohya.safetensors", scale, "scale" + scale + "."));
        return Stream.concat(Stream.of(variant(lora, "pytorch_lora_weights.safetensors", 1, "")), scaled);
    }

    private DynamicTest variant(PipelineCase lora, String file, double scale, String prefix) {
        String name = lora.name() + " with " + file + " at " + scale;
        return dynamicTest(name, () -> generates(lora, lora.model().resolve(file), scale, prefix));
    }

    private void generates(PipelineCase lora, Path file, double scale, String prefix) {
        Outcome outcome = new Outcome();
        Suite.with(lora.tensors(), expected -> {
            LoadOptions options = LoadOptions.DEFAULT.withLora(file, scale);
            try (Pipeline pipeline = Pipeline.load(lora.baseIn(scratch), options)) {
                TextToImage task = new TextToImage(Optional.of(expected.get("latents")));
                pipeline.generate(lora.generation(expected, task), outcome);
            }
            assertClose("latents", outcome.latents(), expected.numbers(prefix + "final_latents"), TOLERANCE);
            assertClose("image", outcome.image(), expected.numbers(prefix + "image"), TOLERANCE);
        });
    }
}
