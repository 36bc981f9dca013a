package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The autoencoder with a KL-regularised latent space (Kingma and Welling 2014; Rombach et al. 2022, section
 * 3.1), as diffusers defines {@code AutoencoderKL}; its parameter names are the published ones.
 *
 * <p>{@link #encode} and {@link #decode} are the bare network. {@link #encodeScaled} and {@link #decodeScaled}
 * are the way to and from a diffusion model; nothing else applies the {@link LatentScale}. Computes in the
 * precision of its input, or in the one it was prepacked in. Thread-safe once its parameters are set.
 */
public final class AutoencoderKl extends Layer {

    private final VaeConfig config;
    private final Encoder encoder;
    private final Conv2d quantConv;
    private final Conv2d postQuantConv;
    private final Decoder decoder;
    private final Tiling tiling;

    /** The network without values: {@link #initialise} it or load weights. Very large images are coded in tiles. */
    public AutoencoderKl(VaeConfig config) {
        this(config, Tiling.automatic(config));
    }

    private AutoencoderKl(VaeConfig config, Tiling tiling) {
        this.config = config;
        this.tiling = tiling;
        int latentChannels = config.latentChannels();
        encoder = child("encoder", new Encoder(config));
        decoder = child("decoder", new Decoder(config));
        quantConv = config.latentConvs().quant()
                ? child("quant_conv", new Conv2d(2L * latentChannels, 2L * latentChannels, 1))
                : null;
        postQuantConv = config.latentConvs().postQuant()
                ? child("post_quant_conv", new Conv2d(latentChannels, latentChannels, 1))
                : null;
    }

    private AutoencoderKl(AutoencoderKl network, VaeConfig config, Tiling tiling) {
        this.config = config;
        this.tiling = tiling;
        encoder = child("encoder", network.encoder);
        decoder = child("decoder", network.decoder);
        quantConv = config.latentConvs().quant() ? child("quant_conv", network.quantConv) : null;
        postQuantConv = config.latentConvs().postQuant() ? child("post_quant_conv", network.postQuantConv) : null;
        shareParametersOf(network);
    }

    /**
     * Opens a folder of diffusers' layout: {@code config.json} beside {@code diffusion_pytorch_model.safetensors},
     * or one of the other forms that {@link WeightFile} knows. The parameters are float32 and belong to {@code manager}.
     */
    public static AutoencoderKl load(Path folder, NDManager manager) {
        return VaeFiles.load(folder, manager);
    }

    /** An autoencoder of the tensors in {@code dict}, which must be the expected ones and no others. */
    public static AutoencoderKl load(VaeConfig config, StateDict dict, NDManager manager) {
        return VaeFiles.load(config, dict, manager);
    }

    /**
     * An autoencoder that begins with the tensors in {@code dict} of one that has fewer levels, for smaller images.
     *
     * @param trained the shape of that one
     * @param wanted the same {@linkplain VaeConfig#withFiner with finer levels}
     * @param seed of what is new and random
     */
    public static AutoencoderKl grow(
            VaeConfig trained, VaeConfig wanted, StateDict dict, long seed, NDManager manager) {
        return new FinerLevels(trained, wanted).load(dict, seed, manager);
    }

    /**
     * Writes the folder that {@link #load} and diffusers' pipelines open, its numbers as {@code type}. A latent scale
     * that tells channels apart goes into the weights: what {@link #encodeScaled} and {@link #decodeScaled} give stays
     * the same, and {@code scaling_factor} alone is left in the config.
     */
    public void save(Path folder, ElementType type) {
        VaeFiles.save(this, folder, type);
    }

    /**
     * The same with float32 numbers and latents that {@code alignment} turns into those of another autoencoder. Images are
     * decoded to what they were before.
     */
    public void save(Path folder, LatentAlignment alignment) {
        VaeFiles.save(this, folder, alignment);
    }

    /** This very network, sharing its parameters (closing one closes both), with the scale measured after training. */
    public AutoencoderKl withLatentScale(LatentScale scale) {
        return new AutoencoderKl(this, config.withLatentScale(scale), tiling);
    }

    /** This very network, sharing its parameters (closing one closes both), with another way of coding large images. */
    public AutoencoderKl withTiling(Tiling other) {
        return new AutoencoderKl(this, config, other);
    }

    /**
     * Makes what leads from latents to pixels trainable, and nothing else: images keep their latents.
     *
     * @return its parameters
     */
    public Map<String, Parameter> makeDecoderTrainable() {
        decoder.makeTrainable();
        if (postQuantConv != null) {
            postQuantConv.makeTrainable();
        }
        Map<String, Parameter> trained = new LinkedHashMap<>(parameters());
        trained.values().removeIf(parameter -> !parameter.value().hasGradient());
        return trained;
    }

    /** Its shape and its latent scale. */
    public VaeConfig config() {
        return config;
    }

    /** Pixels (B,C,H,W) in [-1,1] to the posterior of their latents (B,E,H/f,W/f), not scaled. */
    public LatentDistribution encode(NDArray pixels) {
        config.shape().requirePixels(pixels.getShape());
        try (NDArray moments = moments(pixels)) {
            return LatentDistribution.of(moments);
        }
    }

    /** Latents (B,E,h,w), not scaled, to pixels (B,C,fh,fw), not clipped and of the same element type. */
    public NDArray decode(NDArray latents) {
        config.shape().requireLatents(latents.getShape());
        return use(() -> Scope.keep(() -> Aten.like(
                tiling.apply(asComputed(latents), 1, config.downsamplingFactor(), this::decodeTile), latents)));
    }

    /** A sample of the latents of pixels (B,C,H,W), brought to unit variance; noise (B,E,h,w). */
    public NDArray encodeScaled(NDArray pixels, NDArray noise) {
        return Scope.keep(() -> config.latentScale().apply(encode(pixels).sample(noise)));
    }

    /** Latents of unit variance (B,E,h,w), as a diffusion model makes them, to pixels (B,C,H,W). */
    public NDArray decodeScaled(NDArray latents) {
        return Scope.keep(() -> decode(config.latentScale().undo(latents)));
    }

    private NDArray moments(NDArray pixels) {
        return use(() ->
                Scope.keep(() -> tiling.apply(asComputed(pixels), config.downsamplingFactor(), 1, this::encodeTile)));
    }

    private NDArray encodeTile(NDArray pixels) {
        NDArray moments = encoder.forward(pixels);
        return quantConv == null ? moments : quantConv.forward(moments);
    }

    private NDArray decodeTile(NDArray latents) {
        return decoder.forward(postQuantConv == null ? latents : postQuantConv.forward(latents));
    }
}
