package io.percolate.pipeline.cli;

import io.percolate.nn.Precision;
import io.percolate.pipeline.Pipeline;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model is used, and how it computes. */
final class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "model folder in the layout of diffusers; the embedded model if absent")
    private Path model;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            converter = Choices.PrecisionName.class,
            description = "what the denoiser computes in: fp32, bf16 or fp16 (default: ${DEFAULT-VALUE})")
    private Precision precision;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "cpu",
            converter = DeviceName.Reader.class,
            description = "where it computes: cpu, gpu or gpu:N (default: ${DEFAULT-VALUE})")
    private DeviceName device;

    /** Whether no other model than the embedded one was asked for. */
    boolean isEmbedded() {
        return model == null;
    }

    /** Loads the model; whoever asks for it closes it. */
    Pipeline open() {
        device.requireAvailable();
        return model == null ? Pipeline.embedded() : Pipeline.load(model, precision);
    }
}
