package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a U-Net takes beside the timestep; each is null unless its config asks for it.
 *
 * @param context tokens to attend to (B,L,D)
 * @param pooled pooled text state (B,D')
 * @param sizes size numbers (B,N), for SDXL original height and width, top and left of the crop, target height and width
 * @param classes class labels (B), or vectors in their place (B,width)
 * @param guidance embedding of the guidance scale (B,width), for latent consistency models
 */
public record DenoiserInputs(
        @Nullable NDArray context,
        @Nullable NDArray pooled,
        @Nullable NDArray sizes,
        @Nullable NDArray classes,
        @Nullable NDArray guidance)
        implements AutoCloseable {

    /** Nothing but the timestep. */
    public static DenoiserInputs none() {
        return context(null);
    }

    /** Tokens to attend to (B,L,D). */
    public static DenoiserInputs context(@Nullable NDArray context) {
        return new DenoiserInputs(context, null, null, null, null);
    }

    /** These inputs and a pooled text state (B,D') with size numbers (B,N). */
    public DenoiserInputs withPooled(NDArray state, NDArray numbers) {
        return new DenoiserInputs(context, state, numbers, classes, guidance);
    }

    /** These inputs and class labels (B), or vectors in their place (B,width). */
    public DenoiserInputs withClasses(NDArray labels) {
        return new DenoiserInputs(context, pooled, sizes, labels, guidance);
    }

    /** These inputs and an embedding of the guidance scale (B,width). */
    public DenoiserInputs withGuidance(NDArray embedding) {
        return new DenoiserInputs(context, pooled, sizes, classes, embedding);
    }

    /** The rows of these inputs and then those of {@code other}, which must have the same parts: (B+B',...). */
    public DenoiserInputs concat(DenoiserInputs other) {
        return combine(other, (first, second) -> first.concat(second, 0));
    }

    /** Every row {@code times} times, copies side by side: (B times,...). */
    public DenoiserInputs repeat(int times) {
        return combine(this, (row, same) -> row.repeat(0, times));
    }

    /** The rows from {@code first} up to, but not including, {@code end}. */
    public DenoiserInputs rows(long first, long end) {
        return combine(this, (all, same) -> all.get(new NDIndex("{}:{}", first, end)));
    }

    /** Zeros in place of context and pooled state: what stands for no text at all where models are trained so. */
    public DenoiserInputs withoutText() {
        NDArray noPooled = pooled == null ? null : pooled.zerosLike();
        return new DenoiserInputs(context.zerosLike(), noPooled, sizes, classes, guidance);
    }

    /** Frees the arrays. */
    @Override
    public void close() {
        Stream.of(context, pooled, sizes, classes, guidance)
                .filter(Objects::nonNull)
                .forEach(NDArray::close);
    }

    private DenoiserInputs combine(DenoiserInputs other, BinaryOperator<NDArray> join) {
        return new DenoiserInputs(
                combine("context", context, other.context, join),
                combine("pooled state", pooled, other.pooled, join),
                combine("sizes", sizes, other.sizes, join),
                combine("classes", classes, other.classes, join),
                combine("guidance", guidance, other.guidance, join));
    }

    private static NDArray combine(String what, NDArray first, NDArray second, BinaryOperator<NDArray> join) {
        if ((first == null) != (second == null)) {
            throw new IllegalArgumentException("only one of the two inputs has a " + what + ": give it to both");
        }
        return first == null ? null : join.apply(first, second);
    }
}
