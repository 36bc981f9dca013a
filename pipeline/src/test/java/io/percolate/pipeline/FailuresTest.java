package io.percolate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.BadFileException;
import io.percolate.files.CancelledException;
import io.percolate.files.ModelException;
import io.percolate.files.OutOfMemoryException;
import io.percolate.files.PercolateException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.model.EngineMemory;
import io.percolate.pipeline.training.recipe.RecipeException;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.testing.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of failure has its exception, and all have one root. */
class FailuresTest {

    @TempDir
    private Path folder;

    @Test
    void aBadModelIsAModelException() throws IOException {
        assertThatThrownBy(() -> Pipeline.load(folder.resolve("none"))).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Pipeline.load(folder))
                .isInstanceOf(ModelException.class)
                .isInstanceOf(PercolateException.class);
        Files.writeString(folder.resolve("model_index.json"), "{\"_class_name\": 3}");
        assertThatThrownBy(() -> Pipeline.load(folder)).isInstanceOf(ModelException.class);
    }

    @Test
    void aBadRecipeIsARecipeException() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.json"), "{\"training\": {\"batch_size\": 0}}");
        assertThatThrownBy(() -> VaeRecipe.read(recipe))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("recipe.json");
        assertThatThrownBy(() -> RecipeOverlay.read(folder.resolve("none.json")))
                .isInstanceOf(RecipeException.class)
                .isInstanceOf(PercolateException.class);
    }

    @Test
    void badDataIsABadFileException() {
        assertThatThrownBy(() -> ImageDataset.open(folder))
                .isInstanceOf(DatasetException.class)
                .isInstanceOf(BadFileException.class);
        assertThatThrownBy(() -> ImageFiles.read(folder.resolve("none.png")))
                .isInstanceOf(BrokenImageException.class)
                .isInstanceOf(BadFileException.class);
    }

    @Test
    void aCancelledGenerationIsACancelledException() {
        GenerationListener impatient = new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                progress.cancel();
            }
        };
        try (Pipeline pipeline = Pipeline.load(Reference.path("sd2-tiny"))) {
            assertThatThrownBy(() -> pipeline.generate(
                            GenerationRequest.of("a castle").steps(2).build(), impatient))
                    .isInstanceOf(CancelledException.class)
                    .isInstanceOf(PercolateException.class);
        }
    }

    @Test
    void memoryThatRanOutComesWithTheWayOut() {
        try (NDManager manager = TorchEngine.newManager()) {
            assertThatThrownBy(() -> EngineMemory.guard(
                            "ask for less", () -> manager.create(new Shape(1L << 30, 1L << 20)))) // 4 PB
                    .isInstanceOf(OutOfMemoryException.class)
                    .isInstanceOf(PercolateException.class)
                    .hasMessage(
                            "the engine ran out of memory when it needed 4503599627370496 bytes more: ask for less");
        }
    }

    @Test
    void otherFailuresOfTheEngineStayWhatTheyAre() {
        EngineException other = new EngineException("shapes do not match");
        assertThatThrownBy(() -> EngineMemory.guard("ask for less", () -> {
                    throw other;
                }))
                .isSameAs(other);
        assertThat(EngineMemory.guard("ask for less", () -> 7)).isEqualTo(7);
    }
}
