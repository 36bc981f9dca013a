package io.percolate.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.EmbeddingConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Layer;
import io.percolate.pipeline.model.CodecConfig;
import io.percolate.vae.VaeConfig;
import java.util.Optional;

/**
 * Random numbers for a network to compute with.
 *
 * @param precision what the network computes in
 * @param batch B, samples of a step
 * @param latent size of the latents, if it was said
 */
record Inputs(Precision precision, int batch, Optional<LatentSize> latent) {

    private static final int PROMPT_LENGTH = 77;
    private static final int SIZE_NUMBERS = 6;

    /** Gives every parameter of {@code network} values of {@code type} that keep activations near unit variance. */
    static <L extends Layer> L randomise(L network, NDManager manager, Precision type) {
        network.parameters().values().forEach(parameter -> parameter.set(weights(parameter.shape(), manager, type)));
        return network;
    }

    private static NDArray weights(Shape shape, NDManager manager, Precision type) {
        double fanIn = (double) shape.size() / shape.get(0);
        return Aten.repeatedNoise(manager, shape, 1 / Math.sqrt(fanIn), type);
    }

    /** Gives {@code network} random weights and readies it for inference. */
    <L extends Layer> L prepacked(L network, NDManager manager) {
        network.shapes().forEach((name, shape) -> network.bind(name, () -> weights(shape, manager, precision)));
        network.prepack(precision);
        return network;
    }

    /** Noise (B,...) in the precision computed in. */
    NDArray noise(NDManager manager, long... shape) {
        return Aten.repeatedNoise(manager, new Shape(batch).addAll(new Shape(shape)), 1, precision);
    }

    /** The same for training, which gets its images in float32. */
    Inputs single() {
        return new Inputs(Precision.FP32, batch, latent);
    }

    /** Latents (B,C,h,w) for a denoiser. */
    NDArray latents(UNetConfig config, NDManager manager) {
        LatentSize size = size(config);
        return noise(manager, config.inChannels(), size.height(), size.width());
    }

    /** Latents (B,E,h,w) for an autoencoder. */
    NDArray latents(CodecConfig config, NDManager manager) {
        LatentSize size = latent.orElseGet(() -> LatentSize.square(config.latentSide()));
        return noise(manager, config.latentChannels(), size.height(), size.width());
    }

    /** Pixels (B,C,fh,fw) that become latents of the size asked for. */
    NDArray pixels(VaeConfig config, NDManager manager) {
        LatentSize size = size(config);
        long factor = config.downsamplingFactor();
        return noise(manager, config.inChannels(), factor * size.height(), factor * size.width());
    }

    /** Timesteps (B). */
    NDArray timesteps(NDManager manager) {
        return manager.full(new Shape(batch), 500f);
    }

    /** Whatever {@code config} wants to be told. */
    DenoiserInputs conditions(UNetConfig config, NDManager manager) {
        int width = config.transformers().contextWidth();
        DenoiserInputs given =
                DenoiserInputs.context(config.takesContext() ? noise(manager, PROMPT_LENGTH, width) : null);
        if (config.pooledText().isPresent()) {
            EmbeddingConfig.PooledText pooled = config.pooledText().get();
            int stateWidth = pooled.inputWidth() - SIZE_NUMBERS * pooled.numberWidth();
            given = given.withPooled(noise(manager, stateWidth), manager.full(new Shape(batch, SIZE_NUMBERS), 512f));
        }
        return config.classes() instanceof ClassLabels.None
                ? given
                : given.withClasses(manager.zeros(new Shape(batch)));
    }

    LatentSize size(UNetConfig config) {
        return latent.orElseGet(() -> LatentSize.square(config.sampleSize().orElse(64)));
    }

    LatentSize size(VaeConfig config) {
        return latent.orElseGet(() -> LatentSize.square(config.sampleSize() / config.downsamplingFactor()));
    }
}
