package io.percolate.vae;

/**
 * What an autoencoder's reconstructions are judged by; a weight of 0 leaves a term out.
 *
 * @param reconstruction how a difference of pixels counts
 * @param gradientWeight weight of the differences of neighbouring pixels, see {@link VaeLoss}
 * @param gradientScales number of scales they are taken at, each half the size of the one before
 * @param ssimWeight weight of 1 minus the structural similarity
 * @param klWeight weight of the Kullback-Leibler divergence, in nats per pixel and channel
 * @param reduction how the errors of an image's values become one number
 */
public record VaeLossConfig(
        Reconstruction reconstruction,
        double gradientWeight,
        int gradientScales,
        double ssimWeight,
        double klWeight,
        Reduction reduction) {

    public VaeLossConfig {
        requireWeight("gradientWeight", gradientWeight);
        requireWeight("ssimWeight", ssimWeight);
        requireWeight("klWeight", klWeight);
        if (gradientScales < 1) {
            throw new IllegalArgumentException(
                    "gradientScales is " + gradientScales + " but must be at least 1; for no such term, weigh it 0");
        }
    }

    /** Means over the values of an image. */
    public VaeLossConfig(
            Reconstruction reconstruction,
            double gradientWeight,
            int gradientScales,
            double ssimWeight,
            double klWeight) {
        this(reconstruction, gradientWeight, gradientScales, ssimWeight, klWeight, Reduction.MEAN);
    }

    /** The same with errors added up otherwise. */
    public VaeLossConfig withReduction(Reduction other) {
        return new VaeLossConfig(reconstruction, gradientWeight, gradientScales, ssimWeight, klWeight, other);
    }

    /** How the errors of an image's values become one number; those of a batch's images are always averaged. */
    public enum Reduction {
        /** Their mean, and the divergence divided by their number. */
        MEAN {
            @Override
            double factor(long values) {
                return 1;
            }
        },
        /** Their sum beside the whole divergence, as Rombach et al. 2022 have it: every term times C H W. */
        SUM {
            @Override
            double factor(long values) {
                return values;
            }
        };

        /** What the mean over so many values is multiplied by. */
        abstract double factor(long values);
    }

    /** How a difference of pixels counts. */
    public enum Reconstruction {
        /** Its magnitude. */
        L1,
        /** Its square. */
        L2
    }

    /** L1, and the pixel differences at four scales that keep edges sharp. */
    public static VaeLossConfig sharp() {
        return new VaeLossConfig(Reconstruction.L1, 1, 4, 0, 1e-6);
    }

    /** L1 and the divergence alone, weighed as by Rombach et al. 2022. */
    public static VaeLossConfig plain() {
        return new VaeLossConfig(Reconstruction.L1, 0, 1, 0, 1e-6);
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(name + " is " + weight + " but must be zero or a positive number");
        }
    }
}
