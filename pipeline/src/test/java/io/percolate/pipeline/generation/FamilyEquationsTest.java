package io.percolate.pipeline.generation;

import static io.percolate.pipeline.Reference.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.conditioning.prompts.StableDiffusionText;
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
import io.percolate.pipeline.Reference;
import io.percolate.pipeline.Reference.Recorder;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.vae.AutoencoderKl;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Families of which there is no recorded case: their papers' loops, written out in float64 around the bare networks,
 * against what the pipeline draws.
 */
class FamilyEquationsTest {

    private static final double TOLERANCE = 2e-5;
    private static final Path SD2 = Reference.model("sd2-tiny");
    private static final int SIDE = 64;
    private static final long SEED = 5;
    private static final double SCALE = 3;
    private static final Shape LATENTS = new Shape(1, 4, 8, 8);

    private final NDManager manager = TorchEngine.newManager();
    private final NoiseSource random = NoiseSource.perImage(new long[] {SEED});
    private final Recorder recorder = new Recorder();
    private UNet unet;
    private AutoencoderKl vae;
    private PromptEmbeddings prompts;

    @AfterEach
    void free() {
        recorder.close();
        manager.close();
    }

    /** What a network says of x (1,4,8,8) in float64. */
    @FunctionalInterface
    private interface Network {
        NDArray predict(NDArray x, int timestep);
    }

    /** Rombach et al. 2022, section 4.5: the network sees [latents, mask, latents of the image outside the mask]. */
    @Test
    void inpaintingModelsSeeLatentsThenMaskThenWhatIsOutside() {
        NDArray drawn = draw(Map.of("in_channels", 9), SamplerKind.DDIM, new Inpainting(image(), mask(), 1));
        NDArray noise = noise();
        NDArray outside = pixels().mul(mask(SIDE).mul(-1).add(1));
        NDArray hint = mask(SIDE / 8).concat(encoded(outside), 1);
        NDArray expected = ddim(noise, new int[] {750, 500, 250, 0}, guided(hint));
        assertClose(drawn, expected.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** With a strength the image comes first, as in diffusers: its latents, the noise, then what is outside. */
    @Test
    void inpaintingModelsMayKeepSomethingInsideTheMask() {
        NDArray drawn = draw(Map.of("in_channels", 9), SamplerKind.DDIM, new Inpainting(image(), mask(), 0.5));
        NDArray clean = encoded(pixels());
        NDArray noise = noise();
        NDArray outside = pixels().mul(mask(SIDE).mul(-1).add(1));
        NDArray hint = mask(SIDE / 8).concat(encoded(outside), 1);
        NDArray expected = ddim(noisy(clean, noise, alphaBar(250)), new int[] {250, 0}, guided(hint));
        assertClose(drawn, expected.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** After every step the known part is replaced by the image under the noise of that step. */
    @Test
    void modelsThatKnowNothingOfMasksBlendTheImageIn() {
        NDArray drawn = draw(Map.of(), SamplerKind.DDIM, new Inpainting(image(), mask(), 0.5));
        NDArray clean = encoded(pixels());
        NDArray noise = noise();
        NDArray mask = mask(SIDE / 8);
        NDArray x = noisy(clean, noise, alphaBar(250));
        for (int timestep : new int[] {250, 0}) {
            NDArray known = noisy(clean, noise, alphaBar(timestep - 250));
            NDArray next = step(x, timestep, 250, guided(null));
            x = next.mul(mask).add(known.mul(mask.mul(-1).add(1)));
        }
        assertClose(drawn, x.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** Brooks et al. 2023, eq. 3, on latents of the image that are the posterior's mode and not scaled. */
    @Test
    void editingModelsAreGuidedTwice() {
        double imageScale = 1.5;
        NDArray drawn = draw(Map.of("in_channels", 8), SamplerKind.DDIM, new InstructEditing(image(), imageScale));
        NDArray noise = noise();
        NDArray seen = Gradients.off(() ->
                vae.encode(pixels().toType(DataType.FLOAT32, false)).mode().toType(DataType.FLOAT64, false));
        NDArray nothing = seen.zerosLike();
        Network network = (x, t) -> {
            NDArray both = call(x.concat(seen, 1), t, prompts.conditional());
            NDArray image = call(x.concat(seen, 1), t, prompts.unconditional());
            NDArray neither = call(x.concat(nothing, 1), t, prompts.unconditional());
            return neither.add(image.sub(neither).mul(imageScale))
                    .add(both.sub(image).mul(SCALE));
        };
        assertClose(
                drawn, ddim(noise, new int[] {750, 500, 250, 0}, network).toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** Luo et al. 2023: 4 of 50 timesteps, c_skip and c_out of section 4.1, and the guidance scale as a condition. */
    @Test
    void consistencyModelsJumpToTheEndAndBack() {
        NDArray drawn = draw(Map.of("time_cond_proj_dim", 16), SamplerKind.LCM, TextToImage.FROM_SEEDS);
        NDArray x = noise();
        int[] timesteps = {999, 759, 499, 259};
        NDArray clean = x;
        for (int i = 0; i < timesteps.length; i++) {
            int t = timesteps[i];
            NDArray epsilon = call(x, t, prompts.conditional().withGuidance(guidanceEmbedding(16)));
            NDArray x0 = x0(x, epsilon, alphaBar(t));
            double time = 10.0 * t;
            double skip = 0.25 / (time * time + 0.25);
            double out = time / Math.sqrt(time * time + 0.25);
            clean = x0.mul(out).add(x.mul(skip));
            x = i + 1 < timesteps.length ? noisy(clean, noise(), alphaBar(timesteps[i + 1])) : clean;
        }
        assertClose(drawn, clean.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** Sines, then cosines, of 1000 (w - 1) in frequencies from 1 down to 1/10000. */
    private NDArray guidanceEmbedding(int width) {
        int half = width / 2;
        float[] values = new float[width];
        for (int i = 0; i < half; i++) {
            double angle = 1000 * (SCALE - 1) * Math.pow(10_000, -i / (half - 1.0));
            values[i] = (float) Math.sin(angle);
            values[half + i] = (float) Math.cos(angle);
        }
        return manager.create(values, new Shape(1, width));
    }

    /** Song et al. 2021, eq. 12 with eta 0. */
    private static NDArray ddim(NDArray start, int[] timesteps, Network network) {
        NDArray x = start;
        for (int timestep : timesteps) {
            x = step(x, timestep, 250, network);
        }
        return x;
    }

    private static NDArray step(NDArray x, int timestep, int stride, Network network) {
        NDArray epsilon = network.predict(x, timestep);
        return noisy(x0(x, epsilon, alphaBar(timestep)), epsilon, alphaBar(timestep - stride));
    }

    private static NDArray x0(NDArray x, NDArray epsilon, double alphaBar) {
        return x.sub(epsilon.mul(Math.sqrt(1 - alphaBar))).div(Math.sqrt(alphaBar));
    }

    private static NDArray noisy(NDArray x0, NDArray noise, double alphaBar) {
        return x0.mul(Math.sqrt(alphaBar)).add(noise.mul(Math.sqrt(1 - alphaBar)));
    }

    /** Stable Diffusion's: square roots of beta evenly spaced; 1 before the first timestep. */
    private static double alphaBar(int timestep) {
        double first = Math.sqrt(0.00085);
        double last = Math.sqrt(0.012);
        return IntStream.rangeClosed(0, timestep)
                .mapToDouble(t -> first + (last - first) * t / 999)
                .reduce(1, (product, root) -> product * (1 - root * root));
    }

    /** Ho and Salimans 2022, with {@code hint} (1,C,8,8) beside x if there is one. */
    private Network guided(NDArray hint) {
        return (x, t) -> {
            NDArray seen = hint == null ? x : x.concat(hint, 1);
            NDArray without = call(seen, t, prompts.unconditional());
            return without.add(call(seen, t, prompts.conditional()).sub(without).mul(SCALE));
        };
    }

    private NDArray call(NDArray x, int timestep, DenoiserInputs conditions) {
        NDArray timesteps = manager.create(new float[] {timestep});
        return Gradients.off(() -> unet.forward(x.toType(DataType.FLOAT32, false), timesteps, conditions))
                .toType(DataType.FLOAT64, false);
    }

    private NDArray noise() {
        return random.normal(manager, LATENTS, DataType.FLOAT32).toType(DataType.FLOAT64, false);
    }

    /** A draw from what the encoder says, scaled; its noise is the next that is drawn. */
    private NDArray encoded(NDArray pixels) {
        NDArray noise = noise().toType(DataType.FLOAT32, false);
        return Gradients.off(() -> vae.encodeScaled(pixels.toType(DataType.FLOAT32, false), noise))
                .toType(DataType.FLOAT64, false);
    }

    private NDArray draw(Map<String, Object> changes, SamplerKind sampler, GenerationTask task) {
        build(changes);
        TextTower tower = TextTower.load(SD2.resolve("tokenizer"), SD2.resolve("text_encoder"), manager);
        StableDiffusionText text = new StableDiffusionText(tower, manager);
        prompts = Gradients.off(() -> text.encode(List.of("a castle"), List.of(), TextOptions.of(SIDE, SIDE)));
        SamplerConfig config = SamplerConfig.of(SamplerKind.DDIM, DiffusionProcess.stableDiffusion());
        ModelDefaults defaults = new ModelDefaults("random", SIDE, SIDE, 4, SCALE);
        Pipeline.of(new DiffusionModel(
                        unet,
                        new ImageCodec.Autoencoder(vae),
                        Optional.of(text),
                        config,
                        defaults,
                        Precision.FP32,
                        List.of(),
                        manager.newSubManager()))
                .generate(
                        GenerationRequest.of("a castle")
                                .sampler(sampler)
                                .seed(SEED)
                                .task(task)
                                .build(),
                        recorder);
        return recorder.latents();
    }

    private void build(Map<String, Object> changes) {
        Map<String, Object> values =
                new TreeMap<>(JsonConfig.read(SD2.resolve("unet/config.json")).values());
        values.putAll(changes);
        unet = new UNet(UNetJson.read(JsonConfig.of(values)));
        NoiseSource weights = NoiseSource.seeded(1);
        unet.shapes()
                .forEach((name, shape) -> unet.assign(
                        name, weights.normal(manager, shape, DataType.FLOAT32).mul(0.1f)));
        vae = AutoencoderKl.load(SD2.resolve("vae"), manager);
    }

    private static BufferedImage image() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, 4 * x << 16 | 4 * y << 8 | 2 * (x + y));
            }
        }
        return image;
    }

    /** {@link #image} as diffusers reads it: level / 127.5 - 1. */
    private NDArray pixels() {
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
    private static BufferedImage mask() {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            mask.setRGB(i % SIDE, i / SIDE, i % SIDE < 24 ? 0xFFFFFF : 0);
        }
        return mask;
    }

    /** {@link #mask} as an array (1,1,side,side): 1 where it is white. */
    private NDArray mask(int side) {
        double[] values = new double[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % side < side * 3 / 8 ? 1 : 0;
        }
        return manager.create(values, new Shape(1, 1, side, side));
    }
}
