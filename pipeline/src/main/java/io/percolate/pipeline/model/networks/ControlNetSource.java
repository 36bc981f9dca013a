package io.percolate.pipeline.model.networks;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.control.ControlNetConfig;
import io.percolate.diffusion.unet.published.ControlNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.weights.ControlNetFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A ControlNet as it is published.
 *
 * @param config its shape, which fits the model
 * @param tensors its weights, under the names of diffusers
 */
public record ControlNetSource(ControlNetConfig config, StateDict tensors) {

    /**
     * Opens a folder, or a file, which has the shape of {@code unet} since it does not tell its own.
     *
     * @param unet the denoiser of the model
     * @param factor pixels per latent of the model
     * @param manager closes the file
     * @throws WeightsException if it does not fit the model; the message says how they differ
     */
    public static ControlNetSource open(Path path, UNetConfig unet, int factor, NDManager manager) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + ": no such file or folder, but a ControlNet is asked for");
        }
        StateDict tensors = ControlNetFile.open(path);
        manager.attachInternal("ControlNet " + UUID.randomUUID(), tensors);
        requireFamily(path, tensors, unet);
        ControlNetConfig config = Files.isDirectory(path)
                ? ControlNetJson.read(JsonConfig.read(path.resolve(DiffusersLayout.CONFIG)))
                : ControlNetConfig.of(
                        unet, ControlNetFile.conditionChannels(tensors), ControlNetFile.conditionWidths(tensors));
        requireShape(path, config, unet, factor);
        return new ControlNetSource(config, tensors);
    }

    /** What the tensors tell of the family, before a list of all that do not fit. */
    private static void requireFamily(Path path, StateDict tensors, UNetConfig unet) {
        require(
                ControlNetFile.latentChannels(tensors) == unet.outChannels(),
                "%s: a ControlNet for latents of %d channels, but this model's have %d: take one made for it",
                path,
                ControlNetFile.latentChannels(tensors),
                unet.outChannels());
        int width = unet.takesContext() ? unet.transformers().contextWidth() : 0;
        require(
                ControlNetFile.contextWidth(tensors) == width,
                "%s: a ControlNet for prompt embeddings of width %d, but this model's have %d: take one made for its"
                        + " family (Stable Diffusion 1 has 768, 2 has 1024, XL 2048)",
                path,
                ControlNetFile.contextWidth(tensors),
                width);
    }

    private static void requireShape(Path path, ControlNetConfig config, UNetConfig unet, int factor) {
        require(
                ControlNetConfig.mapChannels(config.contraction()).equals(ControlNetConfig.mapChannels(unet)),
                "%s: a ControlNet for feature maps of %s channels, but this model's have %s: take one made for it",
                path,
                ControlNetConfig.mapChannels(config.contraction()),
                ControlNetConfig.mapChannels(unet));
        require(
                config.contraction().pooledText().equals(unet.pooledText())
                        && config.contraction().classes().equals(unet.classes()),
                "%s: a ControlNet that is told other things beside the timestep than this model: take one made for its"
                        + " family",
                path);
        require(
                config.pixelsPerLatent() == factor,
                "%s: a ControlNet for control images of %d pixels per latent, but this model has %d: take one made for"
                        + " it",
                path,
                config.pixelsPerLatent(),
                factor);
    }

    private static void require(boolean fits, String message, Object... values) {
        if (!fits) {
            throw new WeightsException(message.formatted(values));
        }
    }
}
