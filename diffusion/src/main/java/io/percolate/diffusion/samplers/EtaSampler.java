package io.percolate.diffusion.samplers;

/** A sampler that adds as much noise in its steps as the run asks for. */
public sealed interface EtaSampler extends Sampler permits Ddim, Tcd {

    /** 0 is deterministic, 1 adds the most noise. */
    double eta();

    /** The same with another eta, from 0 to 1. */
    EtaSampler withEta(double other);

    /** Fails if {@code eta} is not between 0 and 1. */
    static void require(double eta) {
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta " + eta + " is not between 0 and 1");
        }
    }
}
