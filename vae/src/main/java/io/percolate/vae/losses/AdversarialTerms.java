package io.percolate.vae.losses;

/**
 * What an adversarial training has beside its {@link HingeLoss}; a weight of 0 leaves a term out.
 *
 * @param featureWeight of {@link FeatureMatching} in the loss of the autoencoder
 * @param leCamWeight of {@link LeCam} in the loss of the discriminator
 * @param r1Weight gamma: half of it weighs the squared gradient of the mean logit of an image with respect to its
 *     pixels, for real ones (Mescheder et al. 2018, eq. 9), in the loss of the discriminator
 * @param augmentations that the discriminator sees everything through
 */
public record AdversarialTerms(double featureWeight, double leCamWeight, double r1Weight, Augmentations augmentations) {

    /** The hinge loss alone. */
    public static final AdversarialTerms NONE = new AdversarialTerms(0, 0, 0, Augmentations.NONE);

    public AdversarialTerms {
        require("feature_weight", featureWeight);
        require("lecam_weight", leCamWeight);
        require("r1_weight", r1Weight);
    }

    private static void require(String key, double weight) {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(key + " " + weight + " is out of range");
        }
    }
}
