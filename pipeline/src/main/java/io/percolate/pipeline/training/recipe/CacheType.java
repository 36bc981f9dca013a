package io.percolate.pipeline.training.recipe;

import io.percolate.weights.tensors.ElementType;

/** What the numbers of encoded images are stored as; training computes with them in float32 in any case. */
public enum CacheType {
    /** 11 significant bits: a rounding error far below the posterior's own spread. */
    FP16(ElementType.F16),
    /** 8 significant bits, with the range of single precision. */
    BF16(ElementType.BF16),
    /** As they were computed, in twice the space. */
    FP32(ElementType.F32);

    private final ElementType type;

    CacheType(ElementType type) {
        this.type = type;
    }

    /** The type in a file. */
    public ElementType type() {
        return type;
    }
}
