package io.percolate.pipeline.model.inspection;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a file or folder holds.
 *
 * @param family such as {@code Stable Diffusion 2, inpainting}
 * @param prediction what the denoiser says, in the words of published configs; empty if the file does not tell
 * @param averaged whether the averaged (EMA) weights of the denoiser are there beside the plain ones
 * @param trainSteps optimisation steps it was trained, 0 if the file does not tell
 * @param parts its networks
 * @param problems what is wrong with the whole; the problems of a part are with the part
 */
public record ModelReport(
        String family,
        String prediction,
        boolean averaged,
        long trainSteps,
        List<PartReport> parts,
        List<String> problems) {

    public ModelReport {
        parts = List.copyOf(parts);
        problems = List.copyOf(problems);
    }

    /** Whether everything is there and fits. */
    @JsonProperty
    public boolean complete() {
        return problems.isEmpty() && parts.stream().allMatch(PartReport::fits);
    }
}
