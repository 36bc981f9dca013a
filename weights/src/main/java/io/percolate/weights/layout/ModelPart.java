package io.percolate.weights.layout;

/** The networks of a published text-to-image model. */
public enum ModelPart {
    UNET("unet"),
    VAE("vae"),
    TEXT_ENCODER("text_encoder"),
    TEXT_ENCODER_2("text_encoder_2");

    private final String folder;

    ModelPart(String folder) {
        this.folder = folder;
    }

    /** Its folder below a model's folder in the diffusers layout. */
    public String folder() {
        return folder;
    }
}
