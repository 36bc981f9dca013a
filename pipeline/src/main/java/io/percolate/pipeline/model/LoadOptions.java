package io.percolate.pipeline.model;

import ai.djl.Device;
import io.percolate.diffusion.process.Prediction;
import io.percolate.nn.engine.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a model is opened, where its files leave a choice.
 *
 * @param computing where and how precisely the networks compute
 * @param sources which files and weights are read
 * @param adapters what is added to the model
 */
public record LoadOptions(Computing computing, Sources sources, Adapters adapters) {

    /** Everything as the files say, on the CPU, in the precision that suits. */
    public static final LoadOptions DEFAULT = new LoadOptions(Computing.DEFAULT, Sources.DEFAULT, Adapters.NONE);

    /** Which weights of the denoiser. */
    public enum Weights {
        /** Those that the file is for. */
        LATEST,
        /** Their exponential moving average over training, which some checkpoints keep beside them. */
        AVERAGED
    }

    /**
     * Where and how precisely the networks compute.
     *
     * @param precision empty for what suits the model and the processor
     * @param device where everything computes
     * @param offload whether the weights of a part are in memory only while it works
     * @param gradients whether gradients can pass through the networks
     */
    public record Computing(Optional<Precision> precision, Device device, boolean offload, boolean gradients) {

        static final Computing DEFAULT = new Computing(Optional.empty(), Device.cpu(), false, false);
    }

    /**
     * Which files and weights are read.
     *
     * @param configs a folder in the layout of diffusers whose configs and tokenizers stand in for the usual ones of a
     *     single file's family; for models of unusual sizes
     * @param unet a denoiser, as a folder or file, in place of the model's own
     * @param vae an autoencoder, as a folder, in one file or part of a model, in place of the model's own
     * @param previewVae an autoencoder of the same latents that decodes previews, as a folder; empty for the part {@code
     *     preview_vae} of the model if it has one, else its own autoencoder
     * @param weights which of a file's weights to take
     * @param prediction what the denoiser predicts, where the files do not tell or are wrong
     */
    public record Sources(
            Optional<Path> configs,
            Optional<Path> unet,
            Optional<Path> vae,
            Optional<Path> previewVae,
            Weights weights,
            Optional<Prediction> prediction) {

        static final Sources DEFAULT = new Sources(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Weights.LATEST,
                Optional.empty());

        private Sources with(Optional<Path> otherConfigs, Optional<Path> otherUNet, Optional<Path> otherVae) {
            return new Sources(otherConfigs, otherUNet, otherVae, previewVae, weights, prediction);
        }

        private Sources with(Optional<Path> previews, Weights which, Optional<Prediction> predicted) {
            return new Sources(configs, unet, vae, previews, which, predicted);
        }

        /** What decodes previews in place of the autoencoder: what is given, or else what the folder {@code model} has. */
        Optional<Path> previewsOf(Path model) {
            return previewVae.or(() -> PartFolders.previews(model));
        }
    }

    /**
     * What is added to a model.
     *
     * @param loras updates to merge into the weights
     * @param embeddings new tokens of its prompts
     * @param controlNets folders or files of networks that steer it by images
     */
    public record Adapters(List<Lora> loras, List<LearnedEmbedding> embeddings, List<Path> controlNets) {

        static final Adapters NONE = new Adapters(List.of(), List.of(), List.of());

        public Adapters {
            loras = List.copyOf(loras);
            embeddings = List.copyOf(embeddings);
            controlNets = List.copyOf(controlNets);
        }
    }

    /** The same, computing in {@code precision}. */
    public LoadOptions withPrecision(Precision precision) {
        return with(
                new Computing(given(precision, "precision"), computing.device, computing.offload, computing.gradients));
    }

    /** The same, computing on {@code device}. */
    public LoadOptions withDevice(Device device) {
        return with(new Computing(
                computing.precision, Objects.requireNonNull(device, "device"), computing.offload, computing.gradients));
    }

    /**
     * Keeps only the part that works in memory: a generation needs as much as its largest part, not their sum. The
     * images are the same, but every request reads the parts anew, denoiser and autoencoder for each batch of images,
     * and so does every preview, which needs the autoencoder beside the denoiser. Requests at the same time share the
     * parts that they have in use together. The files stay open, and must not change, until the pipeline is closed.
     */
    public LoadOptions withOffload() {
        return with(new Computing(computing.precision, computing.device, true, computing.gradients));
    }

    /**
     * Keeps the networks as they were trained, so that what they predict can be differentiated, as exact likelihoods and
     * fine-tuning need, and the denoiser in memory in any case. They are slower than those that are packed for
     * generating.
     */
    public LoadOptions withGradients() {
        return with(new Computing(computing.precision, computing.device, computing.offload, true));
    }

    /** The same, with the configs in {@code folder}: for single files of unusual size. */
    public LoadOptions withConfigs(Path folder) {
        return with(sources.with(given(folder, "configs"), sources.unet, sources.vae));
    }

    /**
     * The same, with the denoiser in a folder or file in place of the model's own: few-step models are often published
     * without the parts that they share with the model that they were distilled from.
     */
    public LoadOptions withUNet(Path path) {
        return with(sources.with(sources.configs, given(path, "unet"), sources.vae));
    }

    /** The same, with the autoencoder in a folder or file in place of the model's own. */
    public LoadOptions withVae(Path path) {
        return with(sources.with(sources.configs, sources.unet, given(path, "vae")));
    }

    /** The same, with previews by another autoencoder of the same latents, which may be a tiny one, whatever the model has. */
    public LoadOptions withPreviewVae(Path folder) {
        return with(sources.with(given(folder, "previewVae"), sources.weights, sources.prediction));
    }

    /** The same, with the averaged weights (EMA) where the model has them. */
    public LoadOptions withAveragedWeights() {
        return with(sources.with(sources.previewVae, Weights.AVERAGED, sources.prediction));
    }

    /** The same, with a U-Net that predicts this, whatever the model says. */
    public LoadOptions withPrediction(Prediction prediction) {
        return with(sources.with(sources.previewVae, sources.weights, given(prediction, "prediction")));
    }

    /**
     * Adds {@code scale} times the updates of a LoRA file to the weights of the denoiser and the text encoders while
     * they are read: generating costs the same as without. Several add up.
     */
    public LoadOptions withLora(Path file, double scale) {
        return with(new Adapters(Lora.added(adapters.loras, file, scale), adapters.embeddings, adapters.controlNets));
    }

    /** Adds the token that a textual inversion file was learned for to those that prompts may hold. */
    public LoadOptions withEmbedding(Path file) {
        return with(new LearnedEmbedding(file, Optional.empty()));
    }

    /** The same, called {@code token} in prompts. */
    public LoadOptions withEmbedding(Path file, String token) {
        return with(new LearnedEmbedding(file, given(token, "token")));
    }

    /** The same with one more. */
    public LoadOptions with(LearnedEmbedding embedding) {
        return with(new Adapters(
                adapters.loras, LearnedEmbedding.added(adapters.embeddings, embedding), adapters.controlNets));
    }

    /**
     * Adds a ControlNet, as a folder of diffusers or a file: every request then shows it an image. Those of several add
     * up, and requests give their images in the same order.
     */
    public LoadOptions withControlNet(Path path) {
        List<Path> all = Stream.concat(
                        adapters.controlNets.stream(), Stream.of(Objects.requireNonNull(path, "controlNet")))
                .toList();
        return with(new Adapters(adapters.loras, adapters.embeddings, all));
    }

    private LoadOptions with(Adapters other) {
        return new LoadOptions(computing, sources, other);
    }

    private LoadOptions with(Computing other) {
        return new LoadOptions(other, sources, adapters);
    }

    private LoadOptions with(Sources other) {
        return new LoadOptions(computing, other, adapters);
    }

    private static <T> Optional<T> given(T value, String name) {
        return Optional.of(Objects.requireNonNull(value, name));
    }
}
