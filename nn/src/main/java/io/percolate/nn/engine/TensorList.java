package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.Collection;

/**
 * Tensors that change together: one native call however many there are.
 *
 * <p>Every method changes its tensors (or their gradients) in place and records nothing for
 * differentiation. The list holds the arrays but does not own
 * them; whoever does may {@link #close} it. Lists that meet in one call have
 * the same length, shapes and element types, in the same order.
 */
public final class TensorList implements AutoCloseable {

    private final NDArray[] tensors;

    private TensorList(NDArray[] tensors) {
        if (tensors.length == 0) {
            throw new IllegalArgumentException("a list of no tensors: the model has no parameters");
        }
        this.tensors = tensors;
    }

    /** The list of {@code tensors}, in their order. */
    public static TensorList of(Collection<NDArray> tensors) {
        return new TensorList(tensors.toArray(NDArray[]::new));
    }

    /** Whether each tensor has a gradient. */
    public boolean[] haveGradients() {
        try (NDArray flags = run("has_gradient")[0]) {
            return flags.toBooleanArray();
        }
    }

    /** Euclidean norm of all gradients taken as one vector; a missing one counts as zero. */
    public float gradientNorm() {
        try (NDArray norm = run("gradient_norm")[0]) {
            return norm.getFloat();
        }
    }

    /** Multiplies every gradient by {@code factor}. */
    public void scaleGradients(double factor) {
        run("scale_gradients", factor);
    }

    /**
     * One step of AdamW (Loshchilov and Hutter 2019, algorithm 2) along the gradients; a missing one counts as
     * zero.
     *
     * @param means running mean of the gradients, updated
     * @param squares running mean of the squared gradients, updated
     * @param step the numbers of this step
     */
    public void adamW(TensorList means, TensorList squares, AdamWStep step) {
        run(
                "adamw",
                means.tensors,
                squares.tensors,
                step.number(),
                step.learningRate(),
                step.beta1(),
                step.beta2(),
                step.weightDecay(),
                step.epsilon());
    }

    /**
     * One step of Muon (Jordan et al. 2024) along the gradients, each tensor read as the matrix of its first axis
     * against the others. The orthogonalised step is scaled to the root mean square of an Adam step, 0.2 (Liu et
     * al. 2025, eq. 4). Its products are in bfloat16, as published, where that is what suits training, else in float32.
     *
     * @param momenta running mean of the gradients, updated
     * @param learningRate step size, which also scales the weight decay
     * @param momentum decay of the running mean
     * @param weightDecay decoupled weight decay
     */
    public void muon(TensorList momenta, double learningRate, double momentum, double weightDecay) {
        long type = Precision.suitedToTraining().scalarType();
        run("muon", momenta.tensors, learningRate, momentum, weightDecay, type);
    }

    /**
     * One step of Adafactor (Shazeer and Stern 2018, algorithms 4 and 5) along the gradients of tensors (...,R,C).
     *
     * @param rows running means of the squared gradients over columns (...,R,1), updated
     * @param columns the same over rows (...,1,C), updated
     * @param step the numbers of this step
     */
    public void adafactor(TensorList rows, TensorList columns, AdafactorStep step) {
        run(
                "adafactor",
                rows.tensors,
                columns.tensors,
                step.weight(),
                step.rate(),
                step.decay(),
                step.floor(),
                step.limit());
    }

    /** The same for vectors, each element of which has a running mean of its own in {@code squares}. */
    public void adafactor(TensorList squares, AdafactorStep step) {
        run("adafactor_vectors", squares.tensors, step.weight(), step.rate(), step.decay(), step.floor(), step.limit());
    }

    /**
     * One step of gradient descent with Nesterov's momentum (Sutskever et al. 2013, eq. 7, in torch's form) along the
     * gradients: {@code m = momentum m + g; x = x - learningRate (g + momentum m)}.
     *
     * @param momenta m, updated
     */
    public void nesterov(TensorList momenta, double learningRate, double momentum) {
        run("nesterov", momenta.tensors, learningRate, momentum);
    }

    /** Moves every tensor towards its counterpart: {@code x + weight (target - x)}. */
    public void lerp(TensorList target, double weight) {
        run("lerp", target.tensors, weight);
    }

    /** Overwrites every tensor with its counterpart. */
    public void copy(TensorList source) {
        run("copy", (Object) source.tensors);
    }

    /** Exchanges the contents of every tensor and its counterpart. */
    public void swap(TensorList other) {
        run("swap", (Object) other.tensors);
    }

    /** Copies in float32, owned by the caller's scope. */
    public TensorList widened() {
        return new TensorList(run("widen"));
    }

    /**
     * Overwrites every tensor, which is bfloat16, with its float32 counterpart, rounded up or down at random so that the
     * mean is exact: changes too small for its eight bits add up over many steps.
     *
     * @param seed the same seed rounds in the same way; that of each next tensor is one larger
     */
    public void round(TensorList source, long seed) {
        run("round", source.tensors, seed);
    }

    /** The list of one of the tensors. */
    public TensorList only(int index) {
        return new TensorList(new NDArray[] {tensors[index]});
    }

    /** Number of tensors. */
    public int size() {
        return tensors.length;
    }

    /** The same list, whose tensors live until it is closed. */
    public TensorList unscoped() {
        NDScope.unregister(new NDList(tensors));
        return this;
    }

    /** Frees the tensors. */
    @Override
    public void close() {
        for (NDArray tensor : tensors) {
            tensor.close();
        }
    }

    private NDArray[] run(String method, Object... rest) {
        return Gradients.off(() -> Aten.callForList(method, tensors, rest));
    }

    /**
     * The numbers of one Adafactor step.
     *
     * @param weight what the new squares weigh in their running means
     * @param rate step size as a share of a tensor's root mean square
     * @param decay the share of every tensor that is taken away
     * @param floor the least root mean square that a tensor counts as having
     * @param limit the largest root mean square of a step before it is scaled
     */
    public record AdafactorStep(double weight, double rate, double decay, double floor, double limit) {}

    /**
     * The numbers of one AdamW step.
     *
     * @param number 1 for the first step
     * @param learningRate step size, which also scales the weight decay
     * @param beta1 decay of the running mean
     * @param beta2 decay of the running mean of squares
     * @param weightDecay decoupled weight decay
     * @param epsilon added to the root of the mean of squares
     */
    public record AdamWStep(
            long number, double learningRate, double beta1, double beta2, double weightDecay, double epsilon) {}
}
