package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the training of an autoencoder finds and leaves things.
 *
 * @param start the autoencoder to go on from, instead of random weights
 * @param out the run folder, which is also the model folder
 */
public record VaeFolders(Optional<StartingAutoencoder> start, Path out) {

    /** What a training may have otherwise than the autoencoder that it goes on from. */
    private static final Set<String> FREE =
            Set.of("sample_size", "scaling_factor", "shift_factor", "latents_mean", "latents_std", "force_upcast");

    /**
     * A trained autoencoder that another training goes on from.
     *
     * @param finerLevels channels of the levels that are put before its own, finest first, each for images that are twice
     *     as large
     */
    public record StartingAutoencoder(AutoencoderSource source, List<Integer> finerLevels) {

        public StartingAutoencoder {
            finerLevels = List.copyOf(finerLevels);
        }

        /** For one of the same levels. */
        public static StartingAutoencoder of(Path path) {
            return new StartingAutoencoder(new AutoencoderSource(path), List.of());
        }

        /** The shape of the one that is trained. */
        public VaeConfig config() {
            return source.config().withFiner(finerLevels);
        }

        /** A network of {@code shape} to train, float32, that belongs to {@code manager}. */
        AutoencoderKl load(VaeConfig shape, long seed, NDManager manager) {
            return finerLevels.isEmpty() ? source.load(shape, manager) : source.grow(shape, seed, manager);
        }
    }

    /** For a training from the beginning. */
    public static VaeFolders fresh(Path out) {
        return new VaeFolders(Optional.empty(), out);
    }

    /** For a training that goes on from the autoencoder in {@code start}, a folder or a single file. */
    public static VaeFolders from(Path start, Path out) {
        return new VaeFolders(Optional.of(StartingAutoencoder.of(start)), out);
    }

    /**
     * Fails if {@code recipe} describes another network than that to go on from, or one whose decoder cannot learn by
     * itself.
     */
    void requireFit(VaeRecipe recipe) {
        boolean isTrained =
                start.filter(autoencoder -> autoencoder.finerLevels().isEmpty()).isPresent();
        if (recipe.trained() == VaeRecipe.Trained.DECODER && !isTrained) {
            throw new IllegalArgumentException("a decoder learns by itself from the latents of a trained encoder: name"
                    + " its autoencoder to go on from, without finer levels, or train all of it");
        }
        start.ifPresent(autoencoder -> requireSame(autoencoder, recipe.vae()));
    }

    private static void requireSame(StartingAutoencoder start, VaeConfig wanted) {
        Map<String, Object> there = VaeJson.write(start.config()).values();
        Map<String, Object> asked = VaeJson.write(wanted).values();
        List<String> different = new ArrayList<>();
        there.forEach((key, value) -> {
            if (!FREE.contains(key) && !Objects.equals(value, asked.get(key))) {
                different.add(key + " is " + asked.get(key) + " in the recipe but " + value + " there");
            }
        });
        if (!different.isEmpty()) {
            throw new IllegalArgumentException(
                    "an autoencoder cannot go on from " + start.source().path() + " as another one: "
                            + String.join(", ", different) + "; leave them out of the recipe's section vae");
        }
    }
}
