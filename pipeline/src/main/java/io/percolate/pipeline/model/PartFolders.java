package io.percolate.pipeline.model;

import io.percolate.files.JsonConfig;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folders of a model's parts: those that {@code model_index.json} lists, or that are simply there.
 *
 * @param model the model folder
 * @param index its {@code model_index.json}
 */
public record PartFolders(Path model, JsonConfig index) {

    /** The folder of the part that decodes previews. */
    static final String PREVIEWS = "preview_vae";

    /**
     * Reads the index.
     *
     * @throws WeightsException if there is none, or if the model is of a kind that is not supported
     */
    static PartFolders of(Path model) {
        Path index = model.resolve("model_index.json");
        if (!Files.isRegularFile(index)) {
            throw new WeightsException(model + ": no model_index.json, which every model folder has: name that folder");
        }
        PartFolders folders = new PartFolders(model, JsonConfig.read(index));
        folders.requireSupported();
        return folders;
    }

    /** Where the autoencoder is that {@code path} means: the part of a model folder, or {@code path} itself. */
    public static Path autoencoder(Path path) {
        return Files.exists(path.resolve("model_index.json")) ? path.resolve(ModelPart.VAE.folder()) : path;
    }

    /** The autoencoder that decodes previews of {@code model}, if its folder has one; diffusers knows no such part. */
    static Optional<Path> previews(Path model) {
        return Optional.of(model.resolve(PREVIEWS)).filter(Files::isDirectory);
    }

    /** Whether {@code path} is the folder of an autoencoder by itself. */
    public static boolean isAutoencoder(Path path) {
        Path config = path.resolve(DiffusersLayout.CONFIG);
        return !Files.exists(path.resolve("model_index.json"))
                && Files.isRegularFile(config)
                && JsonConfig.read(config).string("_class_name", "").equals("AutoencoderKL");
    }

    private void requireSupported() {
        if (lists("transformer")) {
            throw new WeightsException(model + ": a " + index.string("_class_name", "model")
                    + ", whose denoiser is a transformer and no U-Net, which is not supported");
        }
        if (index.flag("requires_aesthetics_score", false)) {
            throw new WeightsException(model + ": the SDXL refiner, which is not supported: name the base model");
        }
    }

    /** Whether the index names the classes of {@code part}: a part that is not there is a list of nulls. */
    public boolean lists(String part) {
        return index.values().get(part) instanceof List<?> classes && !classes.contains(null);
    }

    boolean has(String part) {
        return lists(part) || Files.isDirectory(model.resolve(part));
    }

    /** The folder of {@code part}; fails if it is not there. */
    Path folder(String part) {
        Path folder = model.resolve(part);
        if (!Files.isDirectory(folder)) {
            throw new WeightsException(
                    model + ": no folder " + part + ", a model folder has one: is the download complete?");
        }
        return folder;
    }

    JsonConfig config(String part) {
        return JsonConfig.read(folder(part).resolve(DiffusersLayout.CONFIG));
    }
}
