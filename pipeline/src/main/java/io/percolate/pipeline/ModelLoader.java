package io.percolate.pipeline;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.ClipTextEncoder;
import io.percolate.conditioning.StableDiffusionText;
import io.percolate.conditioning.StableDiffusionXlText;
import io.percolate.conditioning.TextConditioner;
import io.percolate.conditioning.TextTower;
import io.percolate.diffusion.DiffusionProcess;
import io.percolate.diffusion.Prediction;
import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.Precision;
import io.percolate.nn.TorchEngine;
import io.percolate.pipeline.ModelConfigs.TextPart;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeConfigFile;
import io.percolate.weights.ModelPart;
import io.percolate.weights.SingleFile;
import io.percolate.weights.StateDict;
import io.percolate.weights.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link DiffusionModel} of configs and weights, wherever they come from. */
final class ModelLoader {

    private final Path path;
    private final LoadOptions options;
    private final ModelConfigs configs;
    private final ModelWeights weights;
    private final NDManager manager;

    private ModelLoader(Path path, LoadOptions options, ModelConfigs configs, ModelWeights weights, NDManager manager) {
        this.path = path;
        this.options = options;
        this.configs = configs;
        this.weights = weights;
        this.manager = manager;
    }

    /** Opens a folder or a single file; nothing stays open if a part does not fit. */
    static DiffusionModel load(Path path, LoadOptions options) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + ": no such file or folder");
        }
        NDManager manager = TorchEngine.newManager(options.device());
        try {
            return Files.isDirectory(path) ? folder(path, options, manager) : file(path, options, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static DiffusionModel folder(Path path, LoadOptions options, NDManager manager) {
        ModelConfigs configs = ModelConfigs.read(options.configs().orElse(path));
        try (ModelWeights weights = new ModelWeights.Folder(path)) {
            return new ModelLoader(path, options, configs, weights, manager).model();
        }
    }

    private static DiffusionModel file(Path path, LoadOptions options, NDManager manager) {
        try (SingleFile file = SingleFile.open(path)) {
            ModelConfigs configs = options.configs().map(ModelConfigs::read).orElseGet(() -> PublishedConfigs.of(file));
            return new ModelLoader(path, options, configs, new ModelWeights.Single(file), manager).model();
        } catch (WeightsException e) {
            throw options.configs().isPresent()
                    ? e
                    : new WeightsException(
                            e.getMessage() + "; if this model has an unusual size, give a folder with its configs", e);
        }
    }

    private DiffusionModel model() {
        UNet unet = UNet.load(configs.unet(), weights.unet(options.weights()), manager);
        if (options.precision() != Precision.FP32) {
            unet.cast(options.precision());
        }
        ImageSpace space = space();
        ModelDefaults defaults = ModelDefaults.read(path, usual(space));
        return new DiffusionModel(unet, space, text(), sampler(), defaults, options.precision(), manager);
    }

    private ImageSpace space() {
        if (options.vae().isPresent()) {
            return new ImageSpace.Latents(otherVae(options.vae().get()));
        }
        return configs.vae()
                .<ImageSpace>map(config -> new ImageSpace.Latents(AutoencoderKl.load(config, weights.vae(), manager)))
                .orElseGet(ImageSpace.Pixels::new);
    }

    /** An autoencoder in a file has the shape of the model's own. */
    private AutoencoderKl otherVae(Path vae) {
        Path file = vae.resolve("config.json");
        VaeConfig config =
                Files.exists(file) ? VaeConfigFile.read(file) : configs.vae().orElseThrow(() -> noVae(vae));
        try (StateDict dict = SingleFile.openVae(vae)) {
            return AutoencoderKl.load(config, dict, manager);
        }
    }

    private WeightsException noVae(Path vae) {
        return new WeightsException(vae + ": an autoencoder, but " + path + " works on pixels: leave it out");
    }

    private Optional<TextConditioner> text() {
        if (configs.text().isEmpty()) {
            return Optional.empty();
        }
        List<TextTower> towers =
                configs.text().entrySet().stream().map(this::tower).toList();
        return Optional.of(
                configs.text().containsKey(ModelPart.TEXT_ENCODER_2)
                        ? new StableDiffusionXlText(towers, configs.zerosForAbsentNegative(), manager)
                        : new StableDiffusionText(towers.get(0), manager));
    }

    private TextTower tower(Map.Entry<ModelPart, TextPart> entry) {
        TextPart part = entry.getValue();
        StateDict dict = weights.text(entry.getKey(), part.encoder().layerCount());
        ClipTextEncoder encoder = ClipTextEncoder.load(part.encoder(), dict, manager);
        try {
            return new TextTower(part.tokenizer().open(), encoder);
        } catch (IllegalArgumentException e) {
            throw new WeightsException(path + ": " + e.getMessage(), e);
        }
    }

    private SamplerConfig sampler() {
        return options.prediction().map(this::predicting).orElse(configs.sampler());
    }

    private SamplerConfig predicting(Prediction prediction) {
        SamplerConfig own = configs.sampler();
        DiffusionProcess process =
                new DiffusionProcess(own.process().betas(), own.process().trainSteps(), prediction);
        return new SamplerConfig(own.kind(), own.sampler(), process, own.range(), own.placement());
    }

    /** What diffusers' pipelines do by default: 50 steps, guidance 7.5, for Stable Diffusion XL 5. */
    private ModelDefaults usual(ImageSpace space) {
        int side = configs.unet().sampleSize().orElse(64) * space.factor();
        double guidanceScale = configs.unet().pooledText().isPresent() ? 5 : 7.5;
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        return new ModelDefaults(name, side, side, 50, configs.unet().takesContext() ? guidanceScale : 1);
    }
}
