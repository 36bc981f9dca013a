package io.percolate.pipeline.training.session;

/** What a training does beside its steps, and takes time for. */
public enum Activity {
    /** Reads the data set and makes the networks. */
    PREPARING("preparing"),
    /** Takes a few steps to see what they need. */
    MEASURING_MEMORY("measuring memory"),
    /** Encodes the images that the cache of latents lacks. */
    ENCODING("encoding"),
    /** Makes sample images. */
    SAMPLING("sampling"),
    /** Computes the loss of images that are held out. */
    VALIDATING("validating"),
    /** Writes checkpoint, model folder and plots. */
    SAVING("saving"),
    /** Encodes images for the latent scale of an autoencoder that is about to be saved. */
    MEASURING_SCALE("measuring the latent scale");

    private final String words;

    Activity(String words) {
        this.words = words;
    }

    /** What it is called in progress bars. */
    @Override
    public String toString() {
        return words;
    }
}
