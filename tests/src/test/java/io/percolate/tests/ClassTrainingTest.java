package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.ClassRecipe;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of classes, one sub-folder each, in; a class-conditional model that guidance can lead out. */
class ClassTrainingTest {

    @TempDir
    private static Path folder;

    private static Path model;
    private static TinyTraining training;
    private static DiffusionRecipe recipe;

    @BeforeAll
    static void train() throws IOException {
        training = new TinyTraining(folder);
        training.draw();
        model = folder.resolve("flowers");
        recipe = training.pixelRecipe().withClasses(new ClassRecipe(0.2));
        DiffusionFolders folders = DiffusionFolders.onPixels(model);
        DiffusionTrainer.train(recipe, sorted(), folders, new Budget.Steps(3), false);
    }

    /** The images of the data set in a sub-folder for balls and one for boxes. */
    private static ImageDataset sorted() throws IOException {
        for (int i = 0; i < 8; i++) {
            Path to = folder.resolve("sorted").resolve(i < 4 ? "ball" : "box").resolve(i + ".png");
            Files.createDirectories(to.getParent());
            Files.copy(training.data().resolve(i + ".png"), to);
        }
        return ImageDataset.open(folder.resolve("sorted"));
    }

    @Test
    void theModelHasARowForEachClassAndOneForNone() {
        assertThat(JsonConfig.read(model.resolve("unet/config.json")).integer("num_class_embeds"))
                .isEqualTo(3);
        assertThat(JsonConfig.read(model.resolve("percolate.json")).integer("null_class"))
                .isEqualTo(2);
        assertThat(model.resolve("classes.txt")).hasContent("ball\nbox");
        assertThat(model.resolve("samples/step-0000003.png")).exists();
    }

    @Test
    void theModelGeneratesAClass() {
        try (Pipeline pipeline = Pipeline.load(model)) {
            assertThat(pipeline.generate("1").image().getWidth()).isEqualTo(16);
            assertThat(pipeline.defaults().guidanceScale()).isEqualTo(2);
        }
    }

    @Test
    void imagesWithoutClassesAreRefused() {
        DiffusionFolders folders = DiffusionFolders.onPixels(folder.resolve("refused"));
        ImageDataset captioned = ImageDataset.open(training.data());
        assertThatThrownBy(() -> DiffusionTrainer.train(recipe, captioned, folders, new Budget.Steps(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("put the images into a sub-folder for each");
    }
}
