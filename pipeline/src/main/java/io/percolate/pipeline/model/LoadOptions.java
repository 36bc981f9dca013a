package io.percolate.pipeline.model;

import ai.djl.Device;
import io.percolate.diffusion.process.Prediction;
import io.percolate.nn.engine.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a model is opened, where its files leave a choice.
 *
 * @param precision what the networks compute in; empty for what suits the model and the processor
 * @param device where everything computes
 * @param configs a folder in the layout of diffusers whose configs and tokenizers stand in for the usual ones of a
 *     single file's family; for models of unusual sizes
 * @param vae an autoencoder, as a folder, in one file or part of a model, in place of the model's own
 * @param weights which of a file's weights to take
 * @param prediction what the denoiser predicts, where the files do not tell or are wrong
 * @param loras updates to merge into the weights
 * @param presence when the weights of each part are in memory
 */
public record LoadOptions(
        Optional<Precision> precision,
        Device device,
        Optional<Path> configs,
        Optional<Path> vae,
        Weights weights,
        Optional<Prediction> prediction,
        List<Lora> loras,
        Presence presence) {

    /** Everything as the files say, on the CPU, in the precision that suits. */
    public static final LoadOptions DEFAULT = new LoadOptions(
            Optional.empty(),
            Device.cpu(),
            Optional.empty(),
            Optional.empty(),
            Weights.LATEST,
            Optional.empty(),
            List.of(),
            Presence.ALWAYS);

    public LoadOptions {
        Objects.requireNonNull(device, "device");
        loras = List.copyOf(loras);
    }

    /** Which weights of the denoiser. */
    public enum Weights {
        /** Those that the file is for. */
        LATEST,
        /** Their exponential moving average over training, which some checkpoints keep beside them. */
        AVERAGED
    }

    /** When the weights of a part are in memory: of a text encoder, the denoiser or the autoencoder. */
    public enum Presence {
        /** As long as the pipeline is open. */
        ALWAYS,
        /** As long as the part works. The parts take turns, and each is read anew from its file. */
        IN_TURN
    }

    public LoadOptions withPrecision(Precision other) {
        return new LoadOptions(given(other, "precision"), device, configs, vae, weights, prediction, loras, presence);
    }

    public LoadOptions withDevice(Device other) {
        return new LoadOptions(precision, other, configs, vae, weights, prediction, loras, presence);
    }

    public LoadOptions withConfigs(Path folder) {
        return new LoadOptions(precision, device, given(folder, "configs"), vae, weights, prediction, loras, presence);
    }

    public LoadOptions withVae(Path path) {
        return new LoadOptions(precision, device, configs, given(path, "vae"), weights, prediction, loras, presence);
    }

    public LoadOptions withAveragedWeights() {
        return new LoadOptions(precision, device, configs, vae, Weights.AVERAGED, prediction, loras, presence);
    }

    public LoadOptions withPrediction(Prediction other) {
        return new LoadOptions(precision, device, configs, vae, weights, given(other, "prediction"), loras, presence);
    }

    /**
     * Adds {@code scale} times the updates of a LoRA file to the weights of the denoiser and the text encoders, while
     * they are read: what generates afterwards costs the same as without. Several add up.
     */
    public LoadOptions withLora(Path file, double scale) {
        List<Lora> more = Lora.added(loras, file, scale);
        return new LoadOptions(precision, device, configs, vae, weights, prediction, more, presence);
    }

    /**
     * Only the part that works is in memory: a generation needs as much as its largest part and not their sum. The
     * images are the same, but every request reads the parts anew, denoiser and autoencoder for each batch of
     * images, and so does every preview, which needs the autoencoder beside the denoiser. Requests at the same time
     * share the parts that they have in use together. The files stay open, and must stay as they are, until the
     * pipeline is closed.
     */
    public LoadOptions savingMemory() {
        return new LoadOptions(precision, device, configs, vae, weights, prediction, loras, Presence.IN_TURN);
    }

    private static <T> Optional<T> given(T value, String name) {
        return Optional.of(Objects.requireNonNull(value, name));
    }
}
