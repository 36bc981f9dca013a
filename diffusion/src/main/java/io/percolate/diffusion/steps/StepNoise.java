package io.percolate.diffusion.steps;

import ai.djl.ndarray.NDArray;

/** Where a stochastic sampler gets its noise from: it never generates any itself. */
@FunctionalInterface
public interface StepNoise {

    /** For samplers that add no noise: refuses to give any. */
    StepNoise NONE = (index, like) -> {
        throw new IllegalStateException("this sampler adds noise at step " + index + ": give it a source of noise");
    };

    /** Standard normal noise of the shape and element type of {@code like}, for step {@code index} of the plan. */
    NDArray at(int index, NDArray like);
}
