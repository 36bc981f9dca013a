package io.percolate.pipeline.score;

import java.util.List;

/**
 * The variational bound on the negative log-likelihood of the data (Ho et al. 2020, eq. 5), per dimension.
 *
 * @param total L_0 + ... + L_T
 * @param prior L_T, what is left of an image at the end of the forward process
 * @param terms L_0 to L_{T-1}
 */
public record BoundReport(Mean total, double prior, List<BoundTerm> terms) {

    /** Timesteps whose part of the bound is told. */
    static final int FIRST = 10;

    public BoundReport {
        terms = List.copyOf(terms);
    }

    /** The sum of the terms below timestep {@value #FIRST}. */
    double first() {
        return terms.stream()
                .filter(term -> term.timestep() < FIRST)
                .mapToDouble(term -> term.value() * term.standsFor())
                .sum();
    }
}
