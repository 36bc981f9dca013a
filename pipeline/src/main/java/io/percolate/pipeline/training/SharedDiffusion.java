package io.percolate.pipeline.training;

import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Minimiser;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.parallel.SharedTraining;
import io.percolate.pipeline.training.parallel.WorkerSetup;
import io.percolate.pipeline.training.parallel.WorkerSlice;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.session.TrainingTask;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The training of a denoiser by several workers. */
public final class SharedDiffusion implements SharedTraining {

    private final DiffusionRecipe recipe;
    private final DiffusionSteps.Data data;
    private final DiffusionFolders folders;
    private final TrainingListener listener;

    private SharedDiffusion(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingListener listener) {
        this.recipe = recipe;
        this.folders = folders;
        this.listener = listener;
        data = DiffusionSteps.Data.of(dataset, recipe.plan().saving().validation());
    }

    /**
     * The training as its driver begins it: within the memory budget of the recipe, if it has one, and with {@code
     * recipe.json} in the run folder.
     *
     * @throws IllegalArgumentException if what is given does not fit together, or not to the run to resume
     */
    public static SharedDiffusion begin(DiffusionRecipe recipe, WorkerSetup setup, TrainingSession session) {
        DiffusionFolders folders = folders(setup);
        ImageDataset dataset = dataset(setup);
        DiffusionRecipe fitted = DiffusionTrainer.fitted(recipe, dataset, folders, session);
        fitted.write(recipeFile(folders));
        return new SharedDiffusion(fitted, dataset, folders, session.listener());
    }

    /** The training as a worker finds it. */
    public static SharedDiffusion join(WorkerSetup setup) {
        DiffusionFolders folders = folders(setup);
        DiffusionRecipe recipe = DiffusionRecipe.pixels().with(RecipeOverlay.read(recipeFile(folders)));
        return new SharedDiffusion(recipe, dataset(setup), folders, TrainingListener.NONE);
    }

    private static Path recipeFile(DiffusionFolders folders) {
        return folders.out().resolve("recipe.json");
    }

    private static DiffusionFolders folders(WorkerSetup setup) {
        return new DiffusionFolders(
                folder(setup.vae()),
                folder(setup.start()).map(DiffusionFolders.StartingModel::of),
                Path.of(setup.run()));
    }

    private static Optional<Path> folder(String path) {
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }

    private static ImageDataset dataset(WorkerSetup setup) {
        return ImageDataset.open(Path.of(setup.data())).split(Split.TRAIN);
    }

    @Override
    public TrainingPlan plan() {
        return recipe.plan();
    }

    @Override
    public Path run() {
        return folders.out();
    }

    @Override
    public TrainingTask task(WorkerSlice part, UnaryOperator<OptimizerConfig> config) {
        return new DiffusionTask(recipe, data.with(part::of), folders, listener, config);
    }

    @Override
    public TrainingSteps steps(Function<Map<String, Parameter>, Minimiser> minimiser) {
        return new DiffusionSteps(recipe, data, folders, listener, minimiser);
    }
}
