package io.percolate.diffusion.samplers;

import io.percolate.diffusion.steps.SigmaSchedule;

/** A sampler of models that were distilled on a few evenly spaced timesteps, and know no others. */
interface DistilledSampler extends VariancePreservingSampler {

    /** Number of evenly spaced timesteps that the model was distilled on. */
    int originalSteps();

    /** The timestep of step {@code index} of {@code count}: evenly spaced among those, from the noisiest of them. */
    default int timestep(SigmaSchedule schedule, int count, int index) {
        if (count < 1 || count > originalSteps()) {
            throw new IllegalArgumentException(
                    count + " steps, but this model was distilled on " + originalSteps() + ": take at most as many");
        }
        int skipped = (int) Math.floor(index * ((double) originalSteps() / count));
        return (originalSteps() - skipped) * (schedule.noiseSchedule().steps() / originalSteps()) - 1;
    }
}
