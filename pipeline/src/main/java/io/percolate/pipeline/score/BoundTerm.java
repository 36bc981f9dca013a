package io.percolate.pipeline.score;

import java.io.Serializable;

/**
 * What one timestep adds to a bound, on average over the images.
 *
 * @param timestep 0 has the least noise; its term is the negative log-likelihood of the data
 * @param value in the unit of the report
 * @param x0Error mean squared error of the clean image
 * @param standsFor how many timesteps it is taken for
 */
public record BoundTerm(int timestep, double value, double x0Error, int standsFor) implements Serializable {

    /** The sum with another one of the same timestep. */
    BoundTerm plus(BoundTerm other) {
        return new BoundTerm(timestep, value + other.value, x0Error + other.x0Error, standsFor);
    }

    /** This sum as a mean over so many images. */
    BoundTerm over(long images) {
        return new BoundTerm(timestep, value / images, x0Error / images, standsFor);
    }
}
