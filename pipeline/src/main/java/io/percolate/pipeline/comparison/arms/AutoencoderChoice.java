package io.percolate.pipeline.comparison.arms;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.weights.layout.DiffusersLayout;
import java.nio.file.Path;

/** Where the autoencoder of a comparison comes from. */
public sealed interface AutoencoderChoice {

    /** Its shape. */
    VaeConfig config();

    /** Its folder in the comparison {@code out}. */
    Path folder(Path out);

    /** Whether it may have been trained on anything. */
    boolean isGiven();

    /** The part of the latent arm's time that training it takes. */
    double share();

    /** What tells it from others. */
    String identity();

    /** A finished one in {@code folder}, by itself or part of a model, whose training counts for nothing. */
    record Finished(Path folder) implements AutoencoderChoice {

        public Finished {
            folder = PartFolders.autoencoder(folder);
        }

        @Override
        public VaeConfig config() {
            return VaeJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG)));
        }

        @Override
        public Path folder(Path out) {
            return folder;
        }

        @Override
        public boolean isGiven() {
            return true;
        }

        @Override
        public double share() {
            return 0;
        }

        @Override
        public String identity() {
            return folder.toAbsolutePath().normalize().toString();
        }
    }

    /**
     * One that is trained first, in a quarter of the time of each arm in its latents; arms that have the same one share
     * it.
     *
     * @param name of its folder
     * @param recipe how it is trained
     */
    record Trained(String name, VaeRecipe recipe) implements AutoencoderChoice {

        /** The only one of its comparison. */
        public Trained(VaeRecipe recipe) {
            this("vae", recipe);
        }

        @Override
        public VaeConfig config() {
            return recipe.vae();
        }

        @Override
        public Path folder(Path out) {
            return out.resolve(name);
        }

        @Override
        public boolean isGiven() {
            return false;
        }

        @Override
        public double share() {
            return 0.25;
        }

        @Override
        public String identity() {
            return Integer.toHexString(recipe.toString().hashCode());
        }
    }
}
