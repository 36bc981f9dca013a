package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a denoiser is trained on, and what it comes to on images held out.
 *
 * @param loss what it is trained on, in a word or two
 * @param simple mean squared error of the noise that its clean image implies, over all timesteps alike (Ho et al. 2020, eq.
 *     14): each model in its own space
 * @param bits the variational bound on the negative log-likelihood of the pixels, in bits per dimension; in latents with
 *     the decoder's share of it
 * @param error standard error of that, over the images; null if there is one image alone
 * @param terms of the bound, from the least noise to the most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BoundSummary(String loss, double simple, double bits, @Nullable Double error, List<Term> terms) {

    public BoundSummary {
        terms = List.copyOf(terms);
    }

    /**
     * What a timestep adds.
     *
     * @param timestep 0 has the least noise
     * @param bits for each dimension of the pixels
     */
    public record Term(int timestep, double bits) {}
}
