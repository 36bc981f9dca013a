package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.random.RandomStream;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one training step drops (Srivastava et al. 2014). The masks come from the randomness of the step, so that a run
 * that is resumed drops the same; each image has masks of its own, so that they do not depend on how many images go
 * through the network together. Not thread-safe.
 */
public final class DropoutMasks {

    private static final ThreadLocal<@Nullable DropoutMasks> CURRENT = new ThreadLocal<>();

    private final RandomGenerator random;
    private @Nullable Long seed;
    private int firstImage;
    private int layers;

    /** The masks of a step; they take one number from {@code random}, when a layer first asks. */
    public DropoutMasks(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Runs a forward pass of training, in which layers drop elements. Elsewhere nothing is dropped.
     *
     * @param first index in the batch of the first image of this pass
     */
    public <T> T during(int first, Supplier<T> forward) {
        DropoutMasks before = CURRENT.get();
        CURRENT.set(this);
        firstImage = first;
        layers = 0;
        try {
            return forward.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Runs a whole step, backward pass included: what is computed again there drops the same. */
    public <T> T throughout(Supplier<T> step) {
        DropoutMasks before = CURRENT.get();
        CURRENT.set(this);
        try {
            return step.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** {@code x} (B,...) without what layer number {@code layer} of a kind that is numbered drops, the same all step long. */
    public static NDArray dropped(NDArray x, double probability, int layer) {
        DropoutMasks current = CURRENT.get();
        return current == null || probability == 0
                ? x
                : current.ofLayer(probability, -1L - layer).apply(x);
    }

    /** What to drop in a layer's next forward pass. */
    static Dropout next(double probability) {
        DropoutMasks current = CURRENT.get();
        return current == null || probability == 0 ? Dropout.NONE : current.ofNextLayer(probability);
    }

    private Dropout ofNextLayer(double probability) {
        return ofLayer(probability, layers++);
    }

    private Dropout ofLayer(double probability, long layer) {
        if (seed == null) {
            seed = random.nextLong();
        }
        return new Dropout(probability, RandomStream.of(seed, layer).nextLong(), firstImage);
    }
}
