package io.percolate.pipeline.generation;

import static io.percolate.testing.Reference.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.samplers.published.SamplerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Inpainting and consistency models: their papers' loops, written out in float64 around the bare networks, against what
 * the pipeline generates.
 */
class FamilyEquationsTest extends FamilyEquations {

    /** Rombach et al. 2022, section 4.5: the network sees [latents, mask, latents of the image outside the mask]. */
    @Test
    void inpaintingModelsSeeLatentsThenMaskThenWhatIsOutside() {
        NDArray generated = generate(Map.of("in_channels", 9), new Inpainting(image(), mask(), 1));
        NDArray noise = noise();
        NDArray outside = pixels().mul(mask(SIDE).mul(-1).add(1));
        NDArray hint = mask(SIDE / 8).concat(encoded(outside), 1);
        NDArray expected = ddim(noise, new int[] {750, 500, 250, 0}, guided(hint));
        assertClose(generated, expected.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** With a strength the image comes first, as in diffusers: its latents, the noise, then what is outside. */
    @Test
    void inpaintingModelsMayKeepSomethingInsideTheMask() {
        NDArray generated = generate(Map.of("in_channels", 9), new Inpainting(image(), mask(), 0.5));
        NDArray clean = encoded(pixels());
        NDArray noise = noise();
        NDArray outside = pixels().mul(mask(SIDE).mul(-1).add(1));
        NDArray hint = mask(SIDE / 8).concat(encoded(outside), 1);
        NDArray expected = ddim(noisy(clean, noise, alphaBar(250)), new int[] {250, 0}, guided(hint));
        assertClose(generated, expected.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** After every step the known part is replaced by the image under the noise of that step. */
    @Test
    void modelsThatKnowNothingOfMasksBlendTheImageIn() {
        NDArray generated = generate(Map.of(), new Inpainting(image(), mask(), 0.5));
        NDArray clean = encoded(pixels());
        NDArray noise = noise();
        NDArray mask = mask(SIDE / 8);
        NDArray x = noisy(clean, noise, alphaBar(250));
        for (int timestep : new int[] {250, 0}) {
            NDArray known = noisy(clean, noise, alphaBar(timestep - 250));
            NDArray next = step(x, timestep, 250, guided(null));
            x = next.mul(mask).add(known.mul(mask.mul(-1).add(1)));
        }
        assertClose(generated, x.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** Luo et al. 2023: 4 of 50 timesteps, c_skip and c_out of section 4.1, and the guidance scale as a condition. */
    @Test
    void consistencyModelsJumpToTheEndAndBack() {
        NDArray generated = generate(Map.of("time_cond_proj_dim", 16), request -> request.sampler(SamplerKind.LCM));
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
        assertClose(generated, clean.toType(DataType.FLOAT32, false), TOLERANCE);
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
}
