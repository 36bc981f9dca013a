package io.percolate.pipeline.model;

import ai.djl.ndarray.NDManager;
import io.percolate.files.BadFileException;
import io.percolate.files.ModelException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.model.networks.UNetSource;
import io.percolate.weights.SingleFile;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens models, wherever their configs and weights come from; {@link ModelAssembly} puts them together. */
public final class ModelLoader {

    private ModelLoader() {}

    /**
     * Opens a folder or a single file; nothing stays open if a part does not fit.
     *
     * @throws ModelException if something is missing, damaged or not supported
     * @throws io.percolate.files.OutOfMemoryException if the weights do not fit into memory
     */
    public static DiffusionModel load(Path path, LoadOptions options) {
        try {
            return EngineMemory.guard(
                    "load the model with offload, or in bf16 or fp16, or a smaller one", () -> opened(path, options));
        } catch (ModelException bad) {
            throw bad;
        } catch (BadFileException bad) {
            throw new ModelException(bad.getMessage(), bad);
        }
    }

    private static DiffusionModel opened(Path path, LoadOptions options) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + ": no such file or folder");
        }
        NDManager manager = TorchEngine.newManager(options.computing().device());
        try {
            LoadOptions found = options.sources()
                    .vae()
                    .map(PartFolders::autoencoder)
                    .map(options::withVae)
                    .orElse(options);
            return Files.isDirectory(path) ? folder(path, found, manager) : file(path, found, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static DiffusionModel folder(Path path, LoadOptions options, NDManager manager) {
        ModelWeights weights = owned(new ModelWeights.Folder(path), options, manager);
        ModelConfigs configs = ModelConfigs.read(options.sources().configs().orElse(path));
        return model(path, options, configs, weights, manager);
    }

    private static DiffusionModel file(Path path, LoadOptions options, NDManager manager) {
        SingleFile file = SingleFile.open(path);
        ModelWeights weights = owned(new ModelWeights.Single(file), options, manager);
        ModelConfigs configs =
                options.sources().configs().map(ModelConfigs::read).orElseGet(() -> PublishedConfigs.of(file));
        return model(path, options, configs, weights, manager);
    }

    private static DiffusionModel model(
            Path path, LoadOptions options, ModelConfigs configs, ModelWeights weights, NDManager manager) {
        if (options.sources().unet().isEmpty()) {
            return new ModelAssembly(path, options, configs, weights, manager).model();
        }
        UNetSource unet = UNetSource.open(options.sources().unet().get(), configs.unet());
        manager.attachInternal("U-Net", unet.tensors());
        ModelWeights replaced = new ModelWeights.OtherUNet(weights, unet.tensors());
        return new ModelAssembly(path, options, configs.with(unet.config()), replaced, manager).model();
    }

    /** The weights that {@code options} choose; closed with {@code manager} at the latest. */
    private static ModelWeights owned(ModelWeights own, LoadOptions options, NDManager manager) {
        ModelWeights weights = options.sources()
                .vae()
                .<ModelWeights>map(vae -> new ModelWeights.OtherVae(own, vae))
                .orElse(own);
        manager.attachInternal("weights", weights);
        return weights;
    }
}
