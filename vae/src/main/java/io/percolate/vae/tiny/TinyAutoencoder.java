package io.percolate.vae.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Layer;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An autoencoder of plain convolutions that imitates a larger one (TAESD, as diffusers defines {@code AutoencoderTiny}): it
 * decodes some hundred times faster, with fewer details. There is no posterior to sample from, and latents are of unit
 * variance as they are. Computes in the precision of its input, or in the one it was prepacked in. Thread-safe once its
 * parameters are set.
 */
public final class TinyAutoencoder extends Layer {

    private final TinyConfig config;
    private final TinyEncoder encoder;
    private final TinyDecoder decoder;

    /** The network without values: {@link #initialise} it or load weights. */
    public TinyAutoencoder(TinyConfig config) {
        this.config = config;
        encoder = child("encoder", new TinyEncoder(config));
        decoder = child("decoder", new TinyDecoder(config));
    }

    /** Opens a folder of diffusers' layout. The parameters are float32 and belong to {@code manager}. */
    public static TinyAutoencoder load(Path folder, NDManager manager) {
        TinyAutoencoder vae =
                new TinyAutoencoder(TinyJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG))));
        try (StateDict dict = WeightFile.open(folder)) {
            StrictLoading.load(dict, vae.shapes(), vae::assign, manager);
        }
        return vae;
    }

    /** Writes the folder that {@link #load} and diffusers' pipelines open, its numbers as {@code type}. */
    public void save(Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        Path file = folder.resolve(DiffusersLayout.WEIGHTS);
        Scope.run(() -> SafeTensors.write(file, tensors, Map.of(), type));
        TinyJson.write(config).write(folder.resolve(DiffusersLayout.CONFIG));
    }

    /** Its shape. */
    public TinyConfig config() {
        return config;
    }

    /** Pixels (B,C,H,W) in [-1,1] to latents of unit variance (B,E,H/f,W/f). */
    public NDArray encode(NDArray pixels) {
        config.shape().requirePixels(pixels.getShape());
        return use(() -> Scope.keep(() -> Aten.like(encoder.forward(asComputed(pixels)), pixels)));
    }

    /** Latents of unit variance (B,E,h,w) to pixels (B,C,fh,fw), not clipped and of the same element type. */
    public NDArray decode(NDArray latents) {
        config.shape().requireLatents(latents.getShape());
        return use(() -> Scope.keep(() -> Aten.like(decoder.forward(asComputed(latents)), latents)));
    }
}
