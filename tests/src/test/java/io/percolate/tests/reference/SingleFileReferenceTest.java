package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.LoadOptions;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A model in one file draws what its folder draws. */
class SingleFileReferenceTest {

    private static final double TOLERANCE = 1e-3;

    /** Where a file keeps the weights in half precision, and the folder does not. */
    private static final double TOLERANCE_OF_HALVES = 2e-2;

    @TestFactory
    Stream<DynamicTest> singleFilesDrawWhatTheirFoldersDraw() {
        return Suite.find("*/model_index.json").stream()
                .flatMap(index -> Stream.of("safetensors", "ckpt")
                        .flatMap(type -> Suite.find(index.getParent().getFileName() + "/*." + type).stream()))
                .filter(file -> !file.getFileName().toString().startsWith("expected_"))
                .map(file -> dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(),
                        () -> drawsWhatItsFolderDraws(file)));
    }

    private static void drawsWhatItsFolderDraws(Path file) {
        boolean halves = file.getFileName().toString().contains("fp16");
        Outcome fromFolder = draw(file.getParent(), LoadOptions.DEFAULT);
        Outcome fromFile = draw(file, LoadOptions.DEFAULT.withConfigs(file.getParent()));
        double tolerance = halves ? TOLERANCE_OF_HALVES : TOLERANCE;
        assertClose("latents", fromFile.latents(), fromFolder.latents(), tolerance);
        assertClose("image", fromFile.image(), fromFolder.image(), tolerance);
    }

    private static Outcome draw(Path model, LoadOptions options) {
        Outcome outcome = new Outcome();
        try (Pipeline pipeline = Pipeline.load(model, options)) {
            pipeline.generate(
                    GenerationRequest.of("a red apple").steps(4).seed(0).build(), outcome);
        }
        return outcome;
    }
}
