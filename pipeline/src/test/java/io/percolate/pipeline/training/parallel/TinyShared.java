package io.percolate.pipeline.training.parallel;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.SharedDiffusion;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.weights.safetensors.Checkpoint;
import io.percolate.weights.tensors.StateDict;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Trainings on a dozen images of 8x8 random pixels, alone or shared, each in a folder of its own. */
public final class TinyShared {

    private static final int SIDE = 8;
    private static final int IMAGES = 12;

    private static final String RECIPE =
            """
            {"name": "tiny",
             "unet": {"_class_name": "UNet2DModel", "sample_size": 8, "in_channels": 3, "out_channels": 3,
                      "block_out_channels": [8, 16], "layers_per_block": 1, "attention_head_dim": 8, "dropout": 0.1,
                      "down_block_types": ["DownBlock2D", "AttnDownBlock2D"],
                      "up_block_types": ["AttnUpBlock2D", "UpBlock2D"], "norm_num_groups": 4},
             "training": {"batch_size": 4, "learning_rate": 0.0005, "warmup_steps": 5, "precision": "fp32",
                          "validation_steps": 0, "samples": 0, "seed": 3},
             "outer": {"steps": 2}}""";

    private final Path folder;
    private final DiffusionRecipe recipe;

    /** Trainings with what {@code overlay} says, a recipe. */
    public TinyShared(Path folder, String overlay) {
        this.folder = folder;
        recipe = DiffusionRecipe.pixels().with(RecipeOverlay.parse(RECIPE)).with(RecipeOverlay.parse(overlay));
        Random random = new Random(1);
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                image.setRGB(pixel % SIDE, pixel / SIDE, random.nextInt());
            }
            ImageFiles.writePng(data().resolve(i + ".png"), image);
        }
    }

    /** The folder of the images. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Writes the recipe to a file. */
    public Path writeRecipe(Path file) {
        recipe.write(file);
        return file;
    }

    /** The folder of a run. */
    public Path run(String name) {
        return folder.resolve(name);
    }

    /** Trains on this machine alone. */
    public void alone(String run, int steps) {
        DiffusionTrainer.train(
                recipe, ImageDataset.open(data()), DiffusionFolders.onPixels(run(run)), new Budget.Steps(steps), false);
    }

    /** Trains with workers in this process. */
    public void here(String run, ParallelPlan plan, int steps) {
        shared(run, plan, steps, HereWorkers.undisturbed());
    }

    /** The same with workers that may die. */
    void shared(String run, ParallelPlan plan, int steps, HereWorkers workers) {
        shared(run, plan, steps, workers, false);
    }

    /** The same, from a checkpoint. */
    void shared(String run, ParallelPlan plan, int steps, HereWorkers workers, boolean resume) {
        WorkerSetup setup = setup(run, plan);
        try (workers) {
            workers.open(index -> ParallelTrainer.worker(SharedDiffusion.join(setup), plan, index), plan.workers());
            train(setup, steps, resume, workers);
        }
    }

    /** Where a shared run finds and leaves things. */
    public WorkerSetup setup(String run, ParallelPlan plan) {
        return new WorkerSetup(plan, data().toString(), "", "", run(run).toString());
    }

    /** Trains with workers anywhere. */
    public void train(WorkerSetup setup, int steps, boolean resume, Workers workers) {
        TrainingSession session = new TrainingSession(new Budget.Steps(steps), resume, TrainingListener.NONE);
        SharedDiffusion training = SharedDiffusion.begin(recipe, setup, session);
        ParallelTrainer.train(training, setup.plan(), session, workers);
    }

    /** The numbers of one group of a run's checkpoint. */
    public Map<String, float[]> saved(String run, String group) {
        Map<String, float[]> numbers = new TreeMap<>();
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                Checkpoint checkpoint = Checkpoint.open(run(run).resolve("checkpoint.safetensors"))) {
            StateDict dict = checkpoint.group(group);
            dict.names()
                    .forEach(name -> numbers.put(name, dict.read(manager, name).toFloatArray()));
        }
        return numbers;
    }
}
