package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Trades time for memory in training (Chen et al. 2016, "Training deep nets with sublinear memory cost"): a block's
 * intermediate arrays are not kept for the backward pass but computed again from its input when their turn comes.
 *
 * <p>PyTorch's graph is cut at the blocks. What a block hands out is a leaf, which gathers the gradient of all that
 * depends on it; {@link Gradients#backward(NDArray)} then goes through the cuts from the last to the first. So a
 * value may have several users only where it has been cut: the result of a {@link #block}, and what went through
 * {@link #cut}.
 */
public final class GradientCheckpointing implements AutoCloseable {

    private static final ThreadLocal<GradientCheckpointing> CURRENT = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> REPEATED = ThreadLocal.withInitial(() -> false);

    private final Deque<Cut> cuts = new ArrayDeque<>();

    private GradientCheckpointing() {}

    /**
     * Runs {@code step}, which computes a loss and its {@link Gradients#backward(NDArray)}, with gradients on. The
     * gradients are those of the step alone; its forward pass runs about twice.
     */
    public static <T> T during(Supplier<T> step) {
        try (GradientCheckpointing own = new GradientCheckpointing()) {
            return Gradients.afterBackward(own::passOn, () -> as(own, step));
        }
    }

    /** {@code block(x)}, computed again for its gradient if this runs {@link #during} a step: it must give the same again. */
    public static NDArray block(NDArray x, UnaryOperator<NDArray> block) {
        return block(x, null, (a, nothing) -> block.apply(a));
    }

    /** {@code block(x, y)}, computed again for its gradient if this runs {@link #during} a step; y may be null. */
    public static NDArray block(NDArray x, @Nullable NDArray y, BinaryOperator<NDArray> block) {
        GradientCheckpointing current = CURRENT.get();
        return current == null || !Gradients.areOn() ? block.apply(x, y) : current.record(x, y, block);
    }

    /** {@code x} as a value that several blocks may use. */
    public static NDArray cut(NDArray x) {
        GradientCheckpointing current = CURRENT.get();
        return current == null || !Gradients.areRecordedBy(x) ? x : current.split(x);
    }

    /** Runs {@code body}, whose graph stays whole: its gradients can be differentiated again. */
    public static NDArray without(Supplier<NDArray> body) {
        return as(null, body);
    }

    /**
     * {@code loss(x)}, a scalar whose backward pass runs here and now: of its graph, the gradient at x is all that is
     * left. What it depends on beside x gathers its gradients at once. Blocks are computed again if this runs {@link
     * #during} a step.
     */
    public static NDArray early(NDArray x, UnaryOperator<NDArray> loss) {
        return Scope.keep(() -> {
            NDArray leaf = Gradients.leaf(x);
            Supplier<NDArray> pass = () -> Scope.keep(() -> {
                NDArray value = loss.apply(leaf);
                Gradients.backward(value);
                return value;
            });
            NDArray value = CURRENT.get() == null ? pass.get() : during(pass);
            return Gradients.given(x, value, Gradients.of(leaf));
        });
    }

    /** Whether this block was computed before, and is computed again for its gradient. */
    public static boolean repeats() {
        return REPEATED.get();
    }

    private NDArray split(NDArray x) {
        NDArray own = own(x);
        return handOut(new Cut(() -> own, new NDList(own), Gradients.leaf(x)), x.getManager());
    }

    private NDArray record(NDArray x, NDArray y, BinaryOperator<NDArray> block) {
        NDArray ownX = own(x);
        NDArray ownY = y == null ? null : own(y);
        NDList inputs = y == null ? new NDList(ownX) : new NDList(ownX, ownY);
        try (NDArray result = as(null, () -> Gradients.off(() -> block.apply(x, y)))) {
            Cut cut = new Cut(() -> block.apply(ownX, ownY), inputs, Gradients.leaf(result));
            return handOut(cut, x.getManager());
        }
    }

    private NDArray handOut(Cut cut, NDManager manager) {
        NDScope.unregister(cut.leaf);
        cuts.push(cut);
        NDArray handedOut = Aten.alias(cut.leaf);
        handedOut.attach(manager);
        return handedOut;
    }

    /** A handle that nobody else closes. */
    private static NDArray own(NDArray x) {
        NDArray own = Aten.alias(x);
        NDScope.unregister(own);
        return own;
    }

    /** Passes on the gradients that arrived at the cuts, from the last cut to the first. */
    private void passOn() {
        while (!cuts.isEmpty()) {
            try (Cut cut = cuts.pop()) {
                passOn(cut);
            }
        }
    }

    private static void passOn(Cut cut) {
        try (NDArray gradient = Gradients.of(cut.leaf)) {
            if (gradient != null) {
                FlopCounter.count(() -> Scope.run(() -> backward(cut, gradient)));
            }
        }
    }

    /**
     * The block's arithmetic was counted in the forward pass, so this second pass has a counter that nobody reads. Where
     * nothing in the block and before it is trained, the way ends.
     */
    private static void backward(Cut cut, NDArray gradient) {
        boolean before = REPEATED.get();
        REPEATED.set(true);
        try {
            NDArray value = as(null, () -> Gradients.on(cut.value));
            if (Gradients.areRecordedBy(value)) {
                Gradients.backward(value, gradient);
            }
        } finally {
            REPEATED.set(before);
        }
    }

    private static <T> T as(GradientCheckpointing current, Supplier<T> body) {
        GradientCheckpointing before = CURRENT.get();
        CURRENT.set(current);
        try {
            return body.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Frees what is left of a step that failed before its backward pass. */
    @Override
    public void close() {
        cuts.forEach(Cut::close);
    }

    /**
     * Where the graph is cut.
     *
     * @param value leads on from here, with a graph
     * @param inputs what value is made of, freed with this
     * @param leaf has the numbers of value, and gathers its gradient
     */
    private record Cut(Supplier<NDArray> value, NDList inputs, NDArray leaf) implements AutoCloseable {

        @Override
        public void close() {
            inputs.close();
            leaf.close();
        }
    }
}
