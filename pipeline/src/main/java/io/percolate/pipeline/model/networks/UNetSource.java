package io.percolate.pipeline.model.networks;

import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A denoiser that is published by itself, for a model whose other parts it works with.
 *
 * @param config its shape
 * @param tensors its weights, under the names of diffusers
 */
public record UNetSource(UNetConfig config, StateDict tensors) {

    private static final String GUIDANCE = "time_embedding.cond_proj.weight";

    /**
     * Opens a folder of diffusers, that of a whole model or of its U-Net, or a file, which has the shape of {@code own}
     * since it does not tell its own.
     *
     * @param own the denoiser of the model that the others parts are of
     * @throws WeightsException if it is no U-Net
     */
    public static UNetSource open(Path path, UNetConfig own) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + ": no such file or folder, but a U-Net is asked for");
        }
        Path whole = path.resolve(ModelPart.UNET.folder());
        Path source = Files.isDirectory(whole) ? whole : path;
        StateDict tensors =
                SingleFile.openUNet(source, own.pooledText().isPresent() ? ModelFamily.SDXL : ModelFamily.SD1);
        try {
            return new UNetSource(config(source, own, tensors), tensors);
        } catch (RuntimeException unreadable) {
            tensors.close();
            throw unreadable;
        }
    }

    private static UNetConfig config(Path source, UNetConfig own, StateDict tensors) {
        Path config = source.resolve(DiffusersLayout.CONFIG);
        if (Files.isRegularFile(config)) {
            return UNetJson.read(JsonConfig.read(config));
        }
        return tensors.has(GUIDANCE)
                ? own.withGuidanceWidth((int) tensors.info(GUIDANCE).shape().get(1))
                : own;
    }
}
