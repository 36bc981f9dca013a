package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.conditioning.prompts.StableDiffusionText;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.conditioning.prompts.TextOptions;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/**
 * Random networks of families of which there is no recorded case, and the parts of their papers' loops, in float64: to
 * compare with what the pipeline generates.
 */
abstract class FamilyEquations {

    static final double TOLERANCE = 2e-5;
    static final Path SD2 = Reference.path("sd2-tiny");
    static final int SIDE = 64;
    private static final long SEED = 5;
    static final double SCALE = 3;

    final NDManager manager = TorchEngine.newManager();
    private final NoiseSource random = NoiseSource.perImage(new long[] {SEED});
    private final Recorder recorder = new Recorder();
    AutoencoderKl vae;
    PromptEmbeddings prompts;
    private UNet unet;

    @AfterEach
    void free() {
        recorder.close();
        manager.close();
    }

    /** What a network says of x (1,C,h,w) in float64. */
    @FunctionalInterface
    interface Network {
        NDArray predict(NDArray x, int timestep);
    }

    /** Song et al. 2021, eq. 12 with eta 0. */
    static NDArray ddim(NDArray start, int[] timesteps, Network network) {
        NDArray x = start;
        for (int timestep : timesteps) {
            x = step(x, timestep, 250, network);
        }
        return x;
    }

    static NDArray step(NDArray x, int timestep, int stride, Network network) {
        NDArray epsilon = network.predict(x, timestep);
        return noisy(x0(x, epsilon, alphaBar(timestep)), epsilon, alphaBar(timestep - stride));
    }

    static NDArray x0(NDArray x, NDArray epsilon, double alphaBar) {
        return x.sub(epsilon.mul(Math.sqrt(1 - alphaBar))).div(Math.sqrt(alphaBar));
    }

    static NDArray noisy(NDArray x0, NDArray noise, double alphaBar) {
        return x0.mul(Math.sqrt(alphaBar)).add(noise.mul(Math.sqrt(1 - alphaBar)));
    }

    /** Stable Diffusion's: square roots of beta evenly spaced; 1 before the first timestep. */
    static double alphaBar(int timestep) {
        double first = Math.sqrt(0.00085);
        double last = Math.sqrt(0.012);
        return IntStream.rangeClosed(0, timestep)
                .mapToDouble(t -> first + (last - first) * t / 999)
                .reduce(1, (product, root) -> product * (1 - root * root));
    }

    /** Ho and Salimans 2022, with {@code hint} (1,C,8,8) beside x if there is one. */
    Network guided(NDArray hint) {
        return (x, t) -> {
            NDArray seen = hint == null ? x : x.concat(hint, 1);
            NDArray without = call(seen, t, prompts.unconditional());
            return without.add(call(seen, t, prompts.conditional()).sub(without).mul(SCALE));
        };
    }

    NDArray call(NDArray x, int timestep, DenoiserInputs inputs) {
        NDArray timesteps = manager.create(new float[] {timestep});
        return Gradients.off(() -> unet.forward(x.toType(DataType.FLOAT32, false), timesteps, inputs))
                .toType(DataType.FLOAT64, false);
    }

    NDArray noise() {
        return noise(new Shape(1, 4, 8, 8));
    }

    NDArray noise(Shape shape) {
        return random.normal(manager, shape, DataType.FLOAT32).toType(DataType.FLOAT64, false);
    }

    /** Scaled latents, sampled from the posterior with the next noise of the seed. */
    NDArray encoded(NDArray pixels) {
        NDArray noise = noise().toType(DataType.FLOAT32, false);
        return Gradients.off(() -> vae.encodeScaled(pixels.toType(DataType.FLOAT32, false), noise))
                .toType(DataType.FLOAT64, false);
    }

    /** Final latents of a model of latents and text, with {@code changes} to its U-Net's config. */
    NDArray generate(Map<String, Object> changes, UnaryOperator<GenerationRequest.Builder> options) {
        build(SD2, changes);
        vae = AutoencoderKl.load(SD2.resolve("vae"), manager);
        TextTower tower = TextTower.load(SD2.resolve("tokenizer"), SD2.resolve("text_encoder"), manager);
        StableDiffusionText text = new StableDiffusionText(tower, manager);
        prompts = Gradients.off(() -> text.encode(List.of("a castle"), List.of(), TextOptions.of(SIDE, SIDE)));
        ModelDefaults defaults = new ModelDefaults("random", SIDE, SIDE, 4, SCALE);
        return generate(
                model(new ImageCodec.Autoencoder(vae), Optional.of(text), defaults),
                options.apply(GenerationRequest.of("a castle")));
    }

    NDArray generate(Map<String, Object> changes, GenerationTask task) {
        return generate(changes, request -> request.task(task));
    }

    /** Final pixels of a model of pixels and ten classes, the last of which stands for none. */
    NDArray generateClass(String label) {
        build(Reference.path("ddpm-tiny"), Map.of("num_class_embeds", 10));
        ModelDefaults defaults = new ModelDefaults("random", SIDE, SIDE, 4, SCALE).withNullClass(9);
        return generate(model(new ImageCodec.Identity(), Optional.empty(), defaults), GenerationRequest.of(label));
    }

    private NDArray generate(DiffusionModel model, GenerationRequest.Builder request) {
        try (Pipeline pipeline = Pipeline.of(model)) {
            pipeline.generate(request.seed(SEED).build(), recorder);
        }
        return recorder.latents();
    }

    private DiffusionModel model(ImageCodec codec, Optional<TextConditioner> text, ModelDefaults defaults) {
        SamplerConfig config = SamplerConfig.of(SamplerKind.DDIM, DiffusionProcess.stableDiffusion());
        return new DiffusionModel(
                unet,
                List.of(),
                codec,
                codec,
                text,
                config,
                defaults,
                Precision.FP32,
                List.of(),
                manager.newSubManager());
    }

    private void build(Path model, Map<String, Object> changes) {
        Map<String, Object> values =
                new TreeMap<>(JsonConfig.read(model.resolve("unet/config.json")).values());
        values.putAll(changes);
        unet = new UNet(UNetJson.read(JsonConfig.of(values)));
        NoiseSource weights = NoiseSource.seeded(1);
        unet.shapes()
                .forEach((name, shape) -> unet.assign(
                        name, weights.normal(manager, shape, DataType.FLOAT32).mul(0.1f)));
    }

    static BufferedImage image() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, 4 * x << 16 | 4 * y << 8 | 2 * (x + y));
            }
        }
        return image;
    }

    /** {@link #image} as diffusers reads it: level / 127.5 - 1. */
    NDArray pixels() {
        double[] pixels = new double[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            pixels[i] = 4 * x / 127.5 - 1;
            pixels[SIDE * SIDE + i] = 4 * y / 127.5 - 1;
            pixels[2 * SIDE * SIDE + i] = 2 * (x + y) / 127.5 - 1;
        }
        return manager.create(pixels, new Shape(1, 3, SIDE, SIDE));
    }

    /** White in the left three eighths. */
    static BufferedImage mask() {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            mask.setRGB(i % SIDE, i / SIDE, i % SIDE < 24 ? 0xFFFFFF : 0);
        }
        return mask;
    }

    /** {@link #mask} as an array (1,1,side,side): 1 where it is white. */
    NDArray mask(int side) {
        double[] values = new double[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % side < side * 3 / 8 ? 1 : 0;
        }
        return manager.create(values, new Shape(1, 1, side, side));
    }
}
