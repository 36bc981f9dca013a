package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.files.ModelException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learned tokens that are read as several, and those that do not fit. */
class TextualInversionTest {

    private static final Path MODEL = TestFolders.DATA.resolve("sd1-tiny");
    private static final int WIDTH = 32;

    private final NDManager manager = TorchEngine.newManager(Device.cpu());

    @TempDir
    Path scratch;

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void aTokenOfThreeVectorsIsThreeInTheMiddleOfAPrompt() {
        Path tokenizer = TestFolders.DATA.resolve("sd1-tiny/tokenizer");
        try (ClipTokenizer usual = ClipTokenizer.load(tokenizer);
                ClipTokenizer more = ClipTokenizer.load(
                        tokenizer, vocabulary -> vocabulary.withLearned("<cat>", 3, vocabulary.size()))) {
            int first = usual.vocabularySize();
            assertThat(more.words("a <cat> here"))
                    .containsExactly(
                            usual.words("a").get(0),
                            first,
                            first + 1,
                            first + 2,
                            usual.words("here").get(0));
            assertThat(more.encode("<cat> ".repeat(26)).cut().orElseThrow().text())
                    .isEqualTo("<cat> ");
        }
    }

    @Test
    void aFileSaysWhatItsTokenIsCalledOrTheCallerDoes() {
        Path file = write("my-cat.safetensors", Map.of("emb_params", vectors(2, WIDTH)));
        assertThat(open(LoadOptions.DEFAULT.withEmbedding(file))).isNotNull();
        assertThatThrownBy(() -> open(LoadOptions.DEFAULT.withEmbedding(file).withEmbedding(file)))
                .hasMessageContaining("\"my-cat\"")
                .hasMessageContaining("call it otherwise");
        assertThat(open(LoadOptions.DEFAULT.withEmbedding(file, "<a>").withEmbedding(file, "<b>")))
                .isNotNull();
    }

    @Test
    void whatFitsNoTextEncoderIsRefused() {
        refused(Map.of("<cat>", vectors(1, 2 * WIDTH)), "vectors of 64 numbers", "[32]", "another family", "take one");
        refused(Map.of("a", vectors(1, WIDTH), "b", vectors(1, WIDTH)), "2 tensors", "no textual inversion");
        refused(Map.of("<cat>", manager.ones(new Shape(1, 1, WIDTH))), "no textual inversion, which has vectors");
    }

    private void refused(Map<String, NDArray> tensors, String... saying) {
        Path file = write("refused.safetensors", new HashMap<>(tensors));
        assertThatThrownBy(() -> open(LoadOptions.DEFAULT.withEmbedding(file)))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(saying);
    }

    private static List<String> open(LoadOptions options) {
        try (Pipeline pipeline = Pipeline.load(MODEL, options)) {
            return List.of(pipeline.toString());
        }
    }

    private NDArray vectors(long count, long width) {
        return manager.ones(new Shape(count, width));
    }

    private Path write(String name, Map<String, NDArray> tensors) {
        Path file = scratch.resolve(name);
        SafeTensors.write(file, tensors, Map.of(), ElementType.F32);
        return file;
    }
}
