package io.percolate.diffusion.steps;

import ai.djl.ndarray.NDArray;

/** Watches the steps of a run; throwing {@link io.percolate.files.CancelledException} ends the run. */
@FunctionalInterface
public interface StepListener {

    /** Does nothing. */
    StepListener NONE = event -> {};

    /** Called after each step, on the sampling thread; the event's arrays are freed when it returns. */
    void onStep(Event event);

    /** Calls this one and then {@code other}. */
    default StepListener and(StepListener other) {
        return event -> {
            onStep(event);
            other.onStep(event);
        };
    }

    /**
     * A step that was taken.
     *
     * @param step which one
     * @param taken number of steps taken so far, from 1
     * @param total number of steps of this run
     * @param x where the step led, in the sampler's own scale
     * @param x0 the latest denoised prediction; nothing was computed for it
     */
    record Event(Step step, int taken, int total, NDArray x, NDArray x0) {}
}
