package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.gan.GanRecipe;
import io.percolate.pipeline.training.gan.GanTrainer;
import io.percolate.pipeline.training.gan.ImageGenerator;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generator and a discriminator against each other, in seconds. */
class GanTrainingTest {

    private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

    private static final GanRecipe RECIPE = GanRecipe.usual()
            .withResolution(16)
            .with(
                    RecipeOverlay.parse(
                            """
                            {"generator": {"width": 8, "latent_width": 4}, "discriminator": {"width": 8, "layers": 1},
                             "training": {"batch_size": 8, "precision": "fp32", "learning_rate": 0.002, "ema_decay": 0}}"""));

    @TempDir
    private Path folder;

    private ImageDataset dataset;

    @BeforeEach
    void draw() {
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        dataset = ImageDataset.open(training.data());
    }

    @Test
    void aResumedTrainingEndsWithTheSameGenerator() {
        train("whole", 4);
        train("parts", 2);
        train("parts", 4);
        assertThat(folder.resolve("parts").resolve(WEIGHTS))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(WEIGHTS));
    }

    @Test
    void itsRecipeReadsBackEqual() {
        train("run", 1);
        assertThat(GanRecipe.usual()
                        .with(RecipeOverlay.read(folder.resolve("run").resolve("recipe.json"))))
                .isEqualTo(RECIPE);
    }

    /** The shapes are bright colours on black: first images are grey, and the mean of those of a training is not. */
    @Test
    void generatedImagesComeNearerToTheColoursOfRealOnes() {
        train("young", 1);
        train("old", 60);
        assertThat(brightness("young")).isBetween(-0.5, 0.5);
        assertThat(brightness("old")).isLessThan(brightness("young") - 0.2);
    }

    private double brightness(String run) {
        List<Float> means = new ArrayList<>();
        try (NDManager manager = TorchEngine.newManager();
                ImageGenerator generator = ImageGenerator.load(folder.resolve(run), manager)) {
            for (int seed = 0; seed < 8; seed++) {
                try (NDArray image = generator.image(seed, manager)) {
                    means.add(image.mean().getFloat());
                }
            }
        }
        return means.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }

    private void train(String run, int steps) {
        TrainingSession session = new TrainingSession(new Budget.Steps(steps), true, TrainingListener.NONE);
        GanTrainer.train(RECIPE, dataset, folder.resolve(run), session);
    }
}
