package io.percolate.weights.layout;

/** What every folder of the diffusers layout has in common. */
public final class DiffusersLayout {

    /** The release whose files we write: {@code _diffusers_version} in every config of its parts. */
    public static final String VERSION = "0.40.0";

    /** The release of transformers whose text encoder configs we write. */
    public static final String TRANSFORMERS_VERSION = "5.18.0";

    /** The options of a part, in its folder. */
    public static final String CONFIG = "config.json";

    /** The weights of a U-Net or an autoencoder, in its folder. */
    public static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

    /** The weights of a text encoder, in its folder. */
    public static final String TEXT_WEIGHTS = "model.safetensors";

    private DiffusersLayout() {}
}
