package io.percolate.pipeline.model;

import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.weights.SingleFile;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A trained autoencoder.
 *
 * @param path its folder, that of a model that has one, or a single file: of weights beside their {@code config.json}, of
 *     a whole Stable Diffusion, or of its autoencoder alone
 */
public record AutoencoderSource(Path path) {

    public AutoencoderSource {
        path = PartFolders.autoencoder(path);
    }

    /**
     * Its shape and its latent scale.
     *
     * @throws WeightsException if there is none, or one of another kind
     */
    public VaeConfig config() {
        Path inside = path.resolve(DiffusersLayout.CONFIG);
        if (Files.exists(inside)) {
            return read(inside);
        }
        if (!Files.isRegularFile(path)) {
            throw new WeightsException(
                    path + ": no autoencoder is here: name its folder, which has a config.json, that of"
                            + " a model with one, or a single file");
        }
        Path beside = path.resolveSibling(DiffusersLayout.CONFIG);
        if (isWholeModel()) {
            return ofModel();
        }
        return Files.exists(beside) ? read(beside) : VaeConfig.stableDiffusion();
    }

    private static VaeConfig read(Path config) {
        return VaeJson.read(JsonConfig.read(config));
    }

    private boolean isWholeModel() {
        String prefix = ModelFamily.SD1.section(ModelPart.VAE).prefix();
        try (StateDict dict = WeightFile.open(path)) {
            return dict.names().stream().anyMatch(name -> name.startsWith(prefix));
        }
    }

    /** Files of published families carry no config. */
    private VaeConfig ofModel() {
        try (SingleFile file = SingleFile.open(path)) {
            return PublishedConfigs.vae(file);
        }
    }

    /**
     * Its weights, float32, in a network of {@code shape}; they belong to {@code manager}.
     *
     * @throws io.percolate.weights.tensors.WeightsException if they do not fit
     */
    public AutoencoderKl load(VaeConfig shape, NDManager manager) {
        try (StateDict dict = SingleFile.openVae(path)) {
            return AutoencoderKl.load(shape, dict, manager);
        }
    }

    /**
     * A network of {@code shape}, which has finer levels than this one and begins with its weights; they belong to
     * {@code manager}.
     *
     * @param seed of what is new and random
     * @throws WeightsException if its weights do not fit its shape
     */
    public AutoencoderKl grow(VaeConfig shape, long seed, NDManager manager) {
        try (StateDict dict = SingleFile.openVae(path)) {
            return AutoencoderKl.grow(config(), shape, dict, seed, manager);
        }
    }
}
