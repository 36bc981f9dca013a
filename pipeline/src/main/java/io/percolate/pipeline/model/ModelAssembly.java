package io.percolate.pipeline.model;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.prompts.StableDiffusionText;
import io.percolate.conditioning.prompts.StableDiffusionXlText;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Layer;
import io.percolate.pipeline.model.networks.ControlNetSource;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a model together: every network of its config and its weights, and what generation needs beside them. */
final class ModelAssembly {

    private static final Logger LOG = LoggerFactory.getLogger(ModelAssembly.class);

    private final Path path;
    private final LoadOptions options;
    private final ModelConfigs configs;
    private final ModelWeights weights;
    private final NDManager manager;
    private final UNet unet;
    private final Precision precision;

    ModelAssembly(Path path, LoadOptions options, ModelConfigs configs, ModelWeights weights, NDManager manager) {
        this.path = path;
        this.options = options;
        this.configs = configs;
        this.weights = ModelWeights.Adapted.of(
                weights, configs.text().keySet(), options.adapters().loras(), manager);
        this.manager = manager;
        unet = new UNet(configs.unet());
        precision = options.computing().precision().orElseGet(this::suited);
    }

    private Precision suited() {
        Precision suited =
                options.computing().device().isGpu() ? Precision.FP16 : Precision.suited(unet.parameterCount());
        if (suited != Precision.FP32) {
            LOG.info("computing in {}: the model is large, and the device supports it", suited);
        }
        return suited;
    }

    /** The model with all its parts, whose weights belong to the manager. */
    DiffusionModel model() {
        fillUNet(LegacyKeys.current(weights.unet(options.sources().weights())));
        ImageCodec codec = codec();
        SamplingDefaults sampling = new SamplingDefaults(path, options, configs);
        ModelDefaults defaults = requireFit(sampling.defaults(codec.factor()));
        return new DiffusionModel(
                unet,
                controlNets(codec),
                codec,
                previews(codec),
                text(),
                sampling.sampler(),
                defaults,
                precision,
                options.adapters().loras(),
                manager);
    }

    /** A denoiser that is differentiated works all the time. */
    private void fillUNet(StateDict tensors) {
        if (options.computing().gradients()) {
            requireFit(tensors, unet);
            bind(unet, tensors);
        } else {
            unet.prepack(precision);
            fill(unet, tensors);
        }
    }

    /** Gives {@code network} its weights, now or whenever it works. */
    private void fill(Layer network, StateDict tensors) {
        requireFit(tensors, network);
        if (options.computing().offload()) {
            network.offload(() -> bind(network, tensors));
        } else {
            bind(network, tensors);
        }
    }

    private void bind(Layer network, StateDict tensors) {
        StrictLoading.bind(tensors, network.shapes(), network::bind, manager);
    }

    private void requireFit(StateDict tensors, Layer network) {
        LoadReport report = LoadReport.compare(tensors, network.shapes());
        if (!report.fits()) {
            boolean usual = options.sources().configs().isEmpty() && !Files.isDirectory(path);
            throw new WeightsException(report.message()
                    + (usual ? "; if this model has an unusual size, give a folder with its configs" : ""));
        }
    }

    private List<LoadedControlNet> controlNets(ImageCodec codec) {
        return options.adapters().controlNets().stream()
                .map(net -> controlNet(net, codec))
                .toList();
    }

    private LoadedControlNet controlNet(Path net, ImageCodec codec) {
        ControlNetSource source = ControlNetSource.open(net, configs.unet(), codec.factor(), manager);
        ControlNet network = new ControlNet(source.config());
        if (!options.computing().gradients()) {
            network.prepack(precision);
        }
        fill(network, source.tensors());
        return new LoadedControlNet(net.getFileName().toString(), network);
    }

    private ImageCodec codec() {
        return options.sources()
                .vae()
                .map(this::otherVae)
                .or(configs::vae)
                .map(config -> requireFit(options.sources().vae().orElse(path), config))
                .map(config -> config.codec(vae -> fillVae(vae, weights.vae())))
                .orElseGet(ImageCodec.Identity::new);
    }

    private ImageCodec previews(ImageCodec codec) {
        return options.sources().previewsOf(path).map(this::previews).orElse(codec);
    }

    private ImageCodec previews(Path folder) {
        CodecConfig config =
                requireFit(folder, CodecConfig.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG))));
        StateDict tensors = SingleFile.openVae(folder);
        manager.attachInternal("previews", tensors);
        return config.codec(vae -> fillVae(vae, tensors));
    }

    /** An autoencoder in a single file has the shape of the model's own. */
    private CodecConfig otherVae(Path vae) {
        Path file = vae.resolve(DiffusersLayout.CONFIG);
        return Files.exists(file)
                ? CodecConfig.read(JsonConfig.read(file))
                : configs.vae().orElseThrow(() -> noVae(vae));
    }

    private CodecConfig requireFit(Path source, CodecConfig vae) {
        if (vae.latentChannels() != configs.unet().outChannels()) {
            throw new WeightsException(source + ": an autoencoder of " + vae.latentChannels()
                    + " channels, but the denoiser of " + path + " predicts "
                    + configs.unet().outChannels() + ": take one that fits");
        }
        return vae;
    }

    private ModelDefaults requireFit(ModelDefaults defaults) {
        int classes = configs.unet().classes() instanceof ClassLabels.Table table ? table.count() : 0;
        if (defaults.nullClass().orElse(-1) >= classes) {
            throw new WeightsException(path + ": percolate.json names null_class "
                    + defaults.nullClass().getAsInt() + ", but the denoiser knows " + classes
                    + " classes, counted from 0: correct it or leave it out");
        }
        return defaults;
    }

    private WeightsException noVae(Path vae) {
        return new WeightsException(vae + ": an autoencoder, but " + path + " works on pixels: leave it out");
    }

    /** Stable Diffusion XL's autoencoder loses too much in half precision. */
    private void fillVae(Layer vae, StateDict tensors) {
        prepack(vae, isStableDiffusionXl() ? Precision.FP32 : precision);
        fill(vae, LegacyKeys.current(tensors));
    }

    private void prepack(Layer network, Precision type) {
        if (!options.computing().gradients()) {
            network.prepack(type);
        }
    }

    private Optional<TextConditioner> text() {
        LearnedTokens learned = LearnedTokens.open(options.adapters().embeddings(), configs.text(), manager);
        if (configs.text().isEmpty()) {
            return Optional.empty();
        }
        List<TextTower> towers = configs.text().entrySet().stream()
                .map(entry ->
                        tower(entry, learned.of(entry.getKey(), entry.getValue().encoder())))
                .toList();
        return Optional.of(
                isStableDiffusionXl()
                        ? new StableDiffusionXlText(towers, configs.zerosForAbsentNegative(), manager)
                        : new StableDiffusionText(towers.get(0), manager));
    }

    private boolean isStableDiffusionXl() {
        return configs.text().containsKey(ModelPart.TEXT_ENCODER_2);
    }

    private TextTower tower(Map.Entry<ModelPart, TextPart> entry, LearnedTokens.For learned) {
        StateDict dict = weights.text(entry.getKey(), learned.own().layerCount());
        ClipTextEncoder encoder = new ClipTextEncoder(learned.encoder());
        prepack(encoder, precision);
        fill(encoder, learned.tensors(ClipTextEncoder.tensors(dict)));
        try {
            return new TextTower(entry.getValue().tokenizer().open(learned::vocabulary), encoder);
        } catch (IllegalArgumentException e) {
            throw new WeightsException(path + ": " + e.getMessage(), e);
        }
    }
}
