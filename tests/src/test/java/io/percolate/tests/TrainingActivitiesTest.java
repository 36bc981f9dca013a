package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.files.MemorySize;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes time beside the steps is told to who watches. */
class TrainingActivitiesTest {

    private record Told(Activity activity, long done, long total) {}

    @TempDir
    private Path folder;

    private final List<Told> told = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void busy(Activity activity, long done, long total) {
            told.add(new Told(activity, done, total));
        }
    };

    private TinyTraining training;

    @BeforeEach
    void prepare() {
        training = new TinyTraining(folder)
                .with("\"validation_steps\": 1, \"validation_share\": 0.25, \"sample_steps\": 3", folder);
        training.draw();
    }

    @Test
    void anAutoencoderMeasuresValidatesSamplesAndSaves() {
        VaeRecipe recipe = VaeRecipe.read(training.vaeRecipe());
        TrainingPlan plan = recipe.plan();
        VaeRecipe limited = recipe.withPlan(plan.withCompute(plan.compute().withMemory(MemorySize.parse("64G"))));
        TrainingSession session = new TrainingSession(new Budget.Steps(1), false, listener);
        VaeTrainer.train(limited, ImageDataset.open(training.data()), training.vae(), session);
        assertThat(told.stream().map(Told::activity).distinct())
                .containsExactly(
                        Activity.PREPARING,
                        Activity.MEASURING_MEMORY,
                        Activity.VALIDATING,
                        Activity.SAMPLING,
                        Activity.SAVING,
                        Activity.MEASURING_SCALE);
        assertThat(told).contains(new Told(Activity.MEASURING_SCALE, 6, 6));
    }

    @Test
    void aDenoiserEncodesEveryImageAndSamplesStepByStep() {
        training.trainVae(1);
        training.trainDiffusion(1, listener);
        assertThat(told.stream().map(Told::activity).distinct())
                .containsExactly(
                        Activity.PREPARING, Activity.ENCODING, Activity.VALIDATING, Activity.SAMPLING, Activity.SAVING);
        assertThat(told)
                .contains(
                        new Told(Activity.ENCODING, 0, 6),
                        new Told(Activity.ENCODING, 6, 6),
                        new Told(Activity.SAMPLING, 1, 3),
                        new Told(Activity.SAMPLING, 3, 3));
    }
}
