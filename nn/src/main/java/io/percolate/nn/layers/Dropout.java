package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Dropout (Srivastava et al. 2014), in training alone.
 *
 * <p>The elements to drop are chosen by the randomness of the training step, so that a run that is resumed drops the
 * same ones. A layer asks once per forward pass for {@link #next}, and applies that however often it computes.
 */
public final class Dropout {

    private static final ThreadLocal<RandomGenerator> STEP = new ThreadLocal<>();

    private final double probability;
    private final long seed;

    private Dropout(double probability, long seed) {
        this.probability = probability;
        this.seed = seed;
    }

    /** Runs a forward pass of training: layers drop elements, chosen by {@code random}. Elsewhere nothing is dropped. */
    public static <T> T during(RandomGenerator random, Supplier<T> forward) {
        RandomGenerator before = STEP.get();
        STEP.set(random);
        try {
            return forward.get();
        } finally {
            STEP.set(before);
        }
    }

    /** What to drop in a layer's next forward pass. */
    static Dropout next(double probability) {
        RandomGenerator random = STEP.get();
        return random == null || probability == 0 ? new Dropout(0, 0) : new Dropout(probability, random.nextLong());
    }

    /** {@code x} without what is dropped, the rest scaled up to keep the mean. */
    NDArray apply(NDArray x) {
        return probability == 0 ? x : Scope.keep(() -> x.mul(Aten.like(mask(x.getManager(), x.getShape()), x)));
    }

    private NDArray mask(NDManager manager, Shape shape) {
        SplittableRandom random = new SplittableRandom(seed);
        float kept = (float) (1 / (1 - probability));
        float[] mask = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextDouble() < probability ? 0 : kept;
        }
        return TorchArray.of(manager, mask, shape);
    }
}
