package io.percolate.pipeline.training.parallel;

import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Minimiser;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.session.TrainingTask;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A training that several workers can share, whatever its parameters. */
public interface SharedTraining {

    /** How it is trained. */
    TrainingPlan plan();

    /** The run folder. */
    Path run();

    /** The training on one part of its images, with what {@code config} makes of its optimizer. */
    TrainingTask task(WorkerSlice part, UnaryOperator<OptimizerConfig> config);

    /** The steps of the training on all of its images, whose losses go to a minimiser of the parameters. */
    TrainingSteps steps(Function<Map<String, Parameter>, Minimiser> minimiser);
}
