package io.percolate.pipeline.score;

import io.percolate.pipeline.evaluation.Moments;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

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

    /**
     * What some images add to a bound; parts merge to the whole.
     *
     * @param total of each image
     * @param prior the sum over the images
     * @param terms with sums over the images in place of means
     */
    public record Part(Moments total, double prior, List<BoundTerm> terms) implements Serializable {

        /** Both together; they are of the same timesteps. */
        public Part merge(Part other) {
            return new Part(
                    total.merge(other.total),
                    prior + other.prior,
                    IntStream.range(0, terms.size())
                            .mapToObj(k -> terms.get(k).plus(other.terms.get(k)))
                            .toList());
        }

        /** The means over all images. */
        public BoundReport whole() {
            long images = total.count();
            return new BoundReport(
                    Mean.of(total),
                    prior / images,
                    terms.stream().map(term -> term.over(images)).toList());
        }
    }
}
