package io.percolate.command.options;

import ai.djl.Device;
import io.percolate.diffusion.process.Prediction;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LearnedEmbedding;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.Lora;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Which model is used, and how it computes. */
public final class ModelOptions {

    /** Values that begin with a path. */
    private static final Set<Class<?>> FILES = Set.of(Path.class, Lora.class, LearnedEmbedding.class);

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "diffusers folder, or single .safetensors or .ckpt file (default: the embedded model)")
    private Path model;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "folder of the configs and tokenizers of a single file, if its sizes are unusual")
    private Path configs;

    @Option(
            names = "--unet",
            paramLabel = "DIR|FILE",
            description = "denoiser to use instead of the model's own, such as a few-step one that is published alone")
    private Path unet;

    @Option(names = "--vae", paramLabel = "DIR|FILE", description = "autoencoder to use instead of the model's own")
    private Path vae;

    @Mixin
    private LoraOptions loras;

    @Mixin
    private EmbeddingOptions embeddings;

    @Option(names = "--ema", description = "use the averaged (EMA) weights, if the checkpoint has them")
    private boolean averaged;

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            converter = PredictionName.class,
            description = "what the denoiser predicts, if a single file does not tell: epsilon, v or x0")
    private Prediction prediction;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            converter = PrecisionName.class,
            description = "number type of the computation: fp32, bf16 or fp16 (default: bf16 for large models on a"
                    + " processor that supports it, else fp32)")
    private Precision precision;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "cpu",
            converter = DeviceName.Reader.class,
            description = "device to compute on: cpu, gpu or gpu:N (default: ${DEFAULT-VALUE})")
    private DeviceName device;

    @Option(
            names = "--offload",
            description = "hold text encoder, denoiser and autoencoder in memory one after the other, not all at once;"
                    + " generate always does so with models other than the embedded one")
    private boolean offload;

    /** The model options of a command line as words that {@link #read} understands in another folder. */
    public static List<String> words(ParseResult parsed) {
        return parsed.matchedOptions().stream()
                .filter(option ->
                        new CommandLine(new Alone()).getCommandSpec().findOption(option.longestName()) != null)
                .flatMap(ModelOptions::words)
                .toList();
    }

    private static Stream<String> words(OptionSpec option) {
        boolean files = FILES.contains(option.auxiliaryTypes()[0]);
        return option.arity().max() == 0
                ? Stream.of(option.longestName())
                : option.originalStringValues().stream()
                        .map(value -> files ? Path.of(value).toAbsolutePath().toString() : value)
                        .flatMap(value -> Stream.of(option.longestName(), value));
    }

    /** The options in {@code words}. */
    public static ModelOptions read(List<String> words) {
        Alone alone = new Alone();
        new CommandLine(alone).parseArgs(words.toArray(String[]::new));
        return alone.model;
    }

    @Command
    private static final class Alone {

        @Mixin
        private ModelOptions model = new ModelOptions();
    }

    /** Whether no other model than the embedded one was asked for. */
    public boolean isEmbedded() {
        return model == null;
    }

    /** The folder that was asked for, if it is that of an autoencoder by itself. */
    public Optional<Path> autoencoder() {
        return Optional.ofNullable(model).filter(PartFolders::isAutoencoder);
    }

    /** Where the model computes; fails if the engine cannot reach it. */
    public Device device() {
        return device.available();
    }

    /** Loads the model; whoever asks for it closes it. */
    public Pipeline open() {
        return open(loading -> loading);
    }

    /**
     * Loads the model; whoever asks for it closes it.
     *
     * @param more what else is chosen for it
     */
    public Pipeline open(UnaryOperator<LoadOptions> more) {
        return Pipeline.load(isEmbedded() ? EmbeddedModel.folder() : model, more.apply(loading()));
    }

    /**
     * Loads the model's parts; whoever asks for them closes them.
     *
     * @param gradients whether gradients must pass through the denoiser
     */
    public DiffusionModel load(boolean gradients) {
        LoadOptions loading = gradients ? loading().withGradients() : loading();
        return ModelLoader.load(isEmbedded() ? EmbeddedModel.folder() : model, loading);
    }

    /**
     * Loads the model for one request: each part is needed once, so that offloading costs nothing.
     *
     * @param more what else is chosen for it
     */
    public Pipeline openForOneRequest(UnaryOperator<LoadOptions> more) {
        LoadOptions loading = more.apply(loading());
        return isEmbedded()
                ? Pipeline.load(EmbeddedModel.folder(), loading)
                : Pipeline.load(model, loading.withOffload());
    }

    private LoadOptions loading() {
        LoadOptions loading = LoadOptions.DEFAULT.withDevice(device());
        loading = precision == null ? loading : loading.withPrecision(precision);
        loading = configs == null ? loading : loading.withConfigs(configs);
        loading = unet == null ? loading : loading.withUNet(unet);
        loading = vae == null ? loading : loading.withVae(vae);
        loading = prediction == null ? loading : loading.withPrediction(prediction);
        loading = averaged ? loading.withAveragedWeights() : loading;
        for (Lora lora : loras.all()) {
            loading = loading.withLora(lora.file(), lora.scale());
        }
        loading = embeddings.over(loading);
        return offload ? loading.withOffload() : loading;
    }
}
