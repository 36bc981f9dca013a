package io.percolate.tests.faults;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.tests.TinyTraining;
import io.percolate.vae.AutoencoderKl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;

/**
 * A training that goes on in one JVM after another until its steps are taken. It has all that a checkpoint must keep:
 * gradients added up, averaged weights, buckets, two optimizers or dropout; and it saves about every tenth of a second.
 */
enum KilledTraining {
    VAE(
            "diffusion_pytorch_model.safetensors",
            "held_out_reconstruction",
            List.of("weights", "optimizer", "averages", "discriminator", "discriminator_optimizer"),
            """
            {"loss": {"eq_probability": 0.5},
             "discriminator": {"weight": 0.5, "width": 4, "layers": 1, "start_step": 5, "warmup_steps": 5}}""") {
        @Override
        void resume(TinyTraining training, Path run, TrainingSession session) {
            VaeRecipe recipe =
                    VaeRecipe.read(training.vaeRecipe()).with(SAVED_OFTEN).with(more());
            VaeTrainer.train(recipe, ImageDataset.open(training.data()), run, session);
        }

        @Override
        void load(Path model) {
            try (NDManager manager = TorchEngine.newManager()) {
                AutoencoderKl.load(model, manager).close();
            }
        }
    },
    DIFFUSION(
            "model_index.json",
            "held_out_loss_4",
            List.of("weights", "optimizer", "averages"),
            """
            {"unet": {"dropout": 0.1}, "training": {"flips": true, "optimizer": "adamw"}}""") {
        @Override
        void resume(TinyTraining training, Path run, TrainingSession session) {
            DiffusionTrainer.train(
                    training.diffusionRecipe().with(SAVED_OFTEN).with(more()),
                    ImageDataset.open(training.data()),
                    DiffusionFolders.inLatents(training.vae(), run),
                    session);
        }

        @Override
        void load(Path model) {
            Pipeline.load(model).close();
        }
    };

    private static final RecipeOverlay SAVED_OFTEN = RecipeOverlay.parse(
            """
            {"training": {"save_minutes": 0.002, "validation_steps": 10, "validation_share": 0.25, "micro_batch": 2,
                          "buckets": true, "samples": 2, "sample_steps": 2, "scale_images": 4}}""");

    private final String lastFile;
    private final String validated;
    private final List<String> groups;
    private final String more;

    KilledTraining(String lastFile, String validated, List<String> groups, String more) {
        this.lastFile = lastFile;
        this.validated = validated;
        this.groups = groups;
        this.more = more;
    }

    /** What its recipe has beside that of {@link TinyTraining}. */
    RecipeOverlay more() {
        return RecipeOverlay.parse(more);
    }

    /** Trains until the budget of {@code session} is spent, from wherever {@code run} is. */
    abstract void resume(TinyTraining training, Path run, TrainingSession session);

    /** Fails unless {@code model} is whole. */
    abstract void load(Path model);

    /** The same until {@code steps} steps are taken, watched by {@code listener}. */
    void resume(Path folder, Path run, int steps, TrainingListener listener) {
        resume(new TinyTraining(folder), run, new TrainingSession(new Budget.Steps(steps), true, listener));
    }

    /** The file of a model folder that is written last, when the folder is written for the first time. */
    String lastFile() {
        return lastFile;
    }

    /** What its log has of images that are held out. */
    String validated() {
        return validated;
    }

    /** What its checkpoint keeps. */
    List<String> groups() {
        return groups;
    }

    /**
     * Waits for the name of a run folder, trains there, and prints a line after each step.
     *
     * @param arguments which training, the folder of its data, and the steps
     */
    public static void main(String[] arguments) {
        TrainingListener printer = new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                System.out.println("step " + progress.step());
            }
        };
        KilledTraining kind = valueOf(arguments[0]);
        TorchEngine.newManager().close();
        Path run = Path.of(new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
        kind.resume(Path.of(arguments[1]), run, Integer.parseInt(arguments[2]), printer);
    }
}
