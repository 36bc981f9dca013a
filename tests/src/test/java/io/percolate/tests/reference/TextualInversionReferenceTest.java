package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.TextToImage;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.weights.inversion.TextualInversion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Learned tokens mean in prompts what they mean in diffusers, in whatever form they are published. */
class TextualInversionReferenceTest {

    private static final double TOLERANCE = 1e-3;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> learnedTokensMakeTheImagesOfDiffusers() {
        return Suite.find("*textual-inversion-*/expected.json").stream()
                .map(file -> new PipelineCase(file, JsonConfig.read(file)))
                .flatMap(this::forms);
    }

    /** All tokens of the case together, each in its first form, then in its second. */
    private Stream<DynamicTest> forms(PipelineCase inversion) {
        Map<String, List<Path>> byToken = new TreeMap<>();
        Suite.find(inversion.model().getFileName() + "/*.{safetensors,pt}").stream()
                .filter(file -> !file.getFileName().toString().startsWith("expected"))
                .forEach(file -> byToken.computeIfAbsent(token(file), token -> new ArrayList<>())
                        .add(file));
        int most = byToken.values().stream().mapToInt(List::size).max().orElseThrow();
        return IntStream.range(0, most)
                .mapToObj(form -> byToken.values().stream()
                        .map(files -> files.get(Math.min(form, files.size() - 1)))
                        .toList())
                .map(files -> dynamicTest(inversion.name() + " " + files, () -> generates(inversion, files)));
    }

    private static String token(Path file) {
        try (TextualInversion inversion = TextualInversion.open(file, Optional.empty())) {
            return inversion.token();
        }
    }

    private void generates(PipelineCase inversion, List<Path> files) {
        Outcome outcome = new Outcome();
        Suite.with(inversion.tensors(), expected -> {
            LoadOptions options = LoadOptions.DEFAULT;
            for (Path file : files) {
                options = options.withEmbedding(file);
            }
            try (Pipeline pipeline = Pipeline.load(inversion.baseIn(scratch), options)) {
                TextToImage task = new TextToImage(Optional.of(expected.get("latents")));
                pipeline.generate(inversion.generation(expected, task), outcome);
            }
            assertClose("latents", outcome.latents(), expected.numbers("final_latents"), TOLERANCE);
            assertClose("image", outcome.image(), expected.numbers("image"), TOLERANCE);
        });
    }
}
