package io.percolate.cli.options;

import io.percolate.diffusion.process.Prediction;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.Lora;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model is used, and how it computes. */
public final class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "diffusers folder, or single .safetensors or .ckpt; the embedded model if absent")
    private Path model;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "folder whose configs and tokenizers a single file is read with, for unusual sizes")
    private Path configs;

    @Option(names = "--vae", paramLabel = "DIR|FILE", description = "autoencoder in place of the model's own")
    private Path vae;

    @Mixin
    private LoraOptions loras;

    @Option(names = "--ema", description = "take the averaged weights that some checkpoints keep beside the plain ones")
    private boolean averaged;

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            converter = PredictionName.class,
            description = "what the denoiser predicts, where a single file does not tell: epsilon, v or x0")
    private Prediction prediction;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            converter = PrecisionName.class,
            description = "what the networks compute in: fp32, bf16 or fp16 (default: bf16 for large models on a"
                    + " processor that has it, else fp32)")
    private Precision precision;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "cpu",
            converter = DeviceName.Reader.class,
            description = "where it computes: cpu, gpu or gpu:N (default: ${DEFAULT-VALUE})")
    private DeviceName device;

    @Option(
            names = "--offload",
            description = "keep only the part that works in memory: text encoder, denoiser, autoencoder;"
                    + " generate does so by itself")
    private boolean offload;

    /** Whether no other model than the embedded one was asked for. */
    public boolean isEmbedded() {
        return model == null;
    }

    /** Loads the model; whoever asks for it closes it. */
    public Pipeline open() {
        return Pipeline.load(isEmbedded() ? EmbeddedModel.folder() : model, loading());
    }

    /** Loads the model for one request: each part works once anyway, so that offloading costs nothing. */
    public Pipeline openForOneRequest() {
        return isEmbedded() ? open() : Pipeline.load(model, loading().withOffload());
    }

    private LoadOptions loading() {
        LoadOptions loading = LoadOptions.DEFAULT.withDevice(device.available());
        loading = precision == null ? loading : loading.withPrecision(precision);
        loading = configs == null ? loading : loading.withConfigs(configs);
        loading = vae == null ? loading : loading.withVae(vae);
        loading = prediction == null ? loading : loading.withPrediction(prediction);
        loading = averaged ? loading.withAveragedWeights() : loading;
        for (Lora lora : loras.all()) {
            loading = loading.withLora(lora.file(), lora.scale());
        }
        return offload ? loading.withOffload() : loading;
    }
}
