package io.percolate.pipeline.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.Optimizer.Update;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.vae.losses.HingeLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of each side (Goodfellow et al. 2014, algorithm 1) with the hinge loss of Lim and Ye 2017. Not thread-safe.
 *
 * @param generator with trainable weights
 * @param opponent judges what it makes
 * @param precision what both compute in
 * @param optimizer of the generator
 */
record GanStep(ImageGenerator generator, Opponent opponent, Precision precision, Optimizer optimizer) {

    /** The generator first; then the discriminator, on what the generator made before it moved. */
    StepResult step(Batch batch, RandomSource random) {
        Shape latents = new Shape(batch.size(), generator.size().latentWidth());
        NDArray z = Aten.to(random.normal(batch.images().getManager(), latents, DataType.FLOAT32), precision);
        NDArray made = Gradients.off(() -> generator.forward(z));
        opponent.setTrainable(false);
        Update update =
                optimizer.minimise(() -> HingeLoss.generator(opponent.network().forward(generator.forward(z))));
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("discriminator", learn(Aten.to(batch.images(), precision), made, update.learningRate()));
        return new StepResult(update, terms);
    }

    private double learn(NDArray images, NDArray made, double learningRate) {
        opponent.setTrainable(true);
        return opponent.learn(
                () -> Scope.keep(() -> HingeLoss.discriminator(
                        opponent.network().forward(images), opponent.network().forward(made))),
                learningRate);
    }
}
