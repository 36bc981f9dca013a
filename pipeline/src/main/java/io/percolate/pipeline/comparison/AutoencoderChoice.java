package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.VaeRecipe;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeConfigFile;
import java.nio.file.Path;

/** Where the autoencoder of a comparison comes from. */
public sealed interface AutoencoderChoice {

    /** Its shape. */
    VaeConfig config();

    /** A finished one in {@code folder}, whose training counts for nothing. */
    record Finished(Path folder) implements AutoencoderChoice {

        @Override
        public VaeConfig config() {
            return VaeConfigFile.read(folder.resolve("config.json"));
        }
    }

    /** One that is trained first, in a share of the latent denoiser's time. */
    record Trained(VaeRecipe recipe) implements AutoencoderChoice {

        @Override
        public VaeConfig config() {
            return recipe.vae();
        }
    }
}
