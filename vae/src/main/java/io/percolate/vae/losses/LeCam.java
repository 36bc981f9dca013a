package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;

/**
 * LeCam regularisation (Tseng et al. 2021, eq. 4 and 5), which keeps a discriminator from learning few images by heart:
 * what it says of images stays close to what it used to say of reconstructions, and the other way round. Its one buffer
 * {@code averages} (2) has the running means of the logits of images and of reconstructions. For one thread at a time.
 */
public final class LeCam extends Layer {

    private static final double DECAY = 0.99;

    private final Parameter averages = buffer("averages", new Shape(2), Initializer.ZEROS);

    /** {@code mean (real - averageFake)^2 + mean (fake - averageReal)^2} of the logits of both: a float32 scalar. */
    public NDArray of(NDArray real, NDArray fake) {
        float[] numbers = averages.value().toFloatArray();
        return Scope.keep(() -> distance(real, numbers[1]).add(distance(fake, numbers[0])));
    }

    private static NDArray distance(NDArray logits, double average) {
        return Aten.affine(Aten.to(logits, Precision.FP32), 1, -average)
                .square()
                .mean();
    }

    /**
     * Moves the running means towards the mean logits of a step: a hundredth of the way, and further in the first
     * hundred steps, which count alike.
     *
     * @param step the number of the step, counted from 0
     */
    public void follow(double real, double fake, long step) {
        float[] numbers = averages.value().toFloatArray();
        double weight = Math.max(1 - DECAY, 1.0 / (step + 1));
        float[] moved = {
            (float) (numbers[0] + weight * (real - numbers[0])), (float) (numbers[1] + weight * (fake - numbers[1]))
        };
        averages.set(TorchArray.of(averages.value().getManager(), moved));
    }
}
