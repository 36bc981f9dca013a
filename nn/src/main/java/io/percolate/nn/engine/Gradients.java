package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records operations on this thread for differentiation, and differentiates.
 *
 * <p>PyTorch's gradient mode belongs to the thread and starts out on; inference runs in {@link #off}, a training step
 * in {@link #on}; both restore the previous mode.
 */
public final class Gradients {

    static {
        TorchEngine.engine();
    }

    private static final ThreadLocal<Runnable> AFTER_BACKWARD = ThreadLocal.withInitial(() -> () -> {});

    private Gradients() {}

    /** Runs {@code body} without recording. */
    public static <T> T off(Supplier<T> body) {
        return with(false, body);
    }

    /** Runs {@code body} with recording. */
    public static <T> T on(Supplier<T> body) {
        return with(true, body);
    }

    /** Whether operations on this thread are recorded: layers that act differently in training ask this. */
    public static boolean areOn() {
        return JniUtils.isGradMode();
    }

    /** Whether a backward pass through {@code x} leads anywhere. */
    static boolean areRecordedBy(NDArray x) {
        try (NDArray answer = Aten.requiresGradient(x)) {
            return answer.getBoolean();
        }
    }

    /** Adds the gradient of the scalar {@code loss} to every leaf it depends on, and frees the graph. */
    public static void backward(NDArray loss) {
        try (NDArray one = loss.onesLike()) {
            backward(loss, one);
        }
        AFTER_BACKWARD.get().run();
    }

    /** Runs {@code body}, in which each {@link #backward(NDArray)} on this thread ends with {@code next}. */
    static <T> T afterBackward(Runnable next, Supplier<T> body) {
        Runnable before = AFTER_BACKWARD.get();
        AFTER_BACKWARD.set(next);
        try {
            return body.get();
        } finally {
            AFTER_BACKWARD.set(before);
        }
    }

    /**
     * Continues a backward pass at {@code x}, whose gradient is {@code gradient}, down to every leaf that x depends
     * on.
     */
    static void backward(NDArray x, NDArray gradient) {
        JniUtils.backward((PtNDArray) x, (PtNDArray) gradient, false, false);
    }

    /**
     * The gradient of the scalar {@code y} with respect to {@code x} alone: nothing is added to any leaf, and the graph
     * stays, for {@link #backward(NDArray)}.
     *
     * @throws RuntimeException if y does not depend on x
     */
    public static NDArray of(NDArray y, NDArray x) {
        return Aten.call("gradient_of", y, x);
    }

    /**
     * The squared norm of the gradient of the scalar {@code y} with respect to {@code x}, as a scalar that can be
     * differentiated itself: it depends on all that y depends on. Both graphs stay.
     */
    public static NDArray squaredNorm(NDArray y, NDArray x) {
        return Aten.call("squared_gradient", y, x);
    }

    /** The number of the scalar {@code value}, whose gradient with respect to {@code x} is {@code gradient} all the same. */
    static NDArray given(NDArray x, NDArray value, NDArray gradient) {
        return Aten.call("with_gradient", x, value, gradient);
    }

    /** The accumulated gradient of a leaf, or null if none arrived; the caller closes it. */
    public static @Nullable NDArray of(NDArray leaf) {
        return JniUtils.getGradient((PtNDArray) leaf);
    }

    /** Adds {@code gradient}, of its shape, to the accumulated gradient of a leaf. */
    public static void add(NDArray leaf, NDArray gradient) {
        backward(leaf, gradient);
    }

    /** A second handle on the numbers of {@code x}: a new leaf, which has no gradient yet. */
    public static NDArray leaf(NDArray x) {
        NDArray leaf = JniUtils.detachGradient((PtNDArray) x);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Sets the accumulated gradient of a leaf to zero. */
    public static void clear(NDArray leaf) {
        JniUtils.zeroGrad((PtNDArray) leaf);
    }

    private static <T> T with(boolean enabled, Supplier<T> body) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(enabled);
        try {
            return body.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
