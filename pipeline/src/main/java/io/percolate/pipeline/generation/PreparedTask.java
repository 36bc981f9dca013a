package io.percolate.pipeline.generation;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.percolate.conditioning.guidance.ConditionalDenoiser;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.Collections;

/** A {@link GenerationTask} for one batch: its noise and its images as tensors with a row (C,h,w) for each image. */
sealed interface PreparedTask {

    /** The noise, of unit variance. */
    NDArray noise();

    /** The steps that lead to the images: all of them, or the last ones if there is an image to change. */
    default Steps steps(SamplerConfig config, int count) {
        return config.sampler().steps(config.sigmaSchedule(), count);
    }

    /** What the first of {@code steps} denoises, in the sampler's own scale. */
    default NDArray initialLatents(SamplerConfig config, Steps steps) {
        return Aten.scale(noise(), config.sampler().initialNoise(config.sigmaSchedule(), steps.planned()));
    }

    /** The network as this task calls it: with the channels and the unconditional prediction that it needs. */
    default ConditionalDenoiser adapt(ConditionalDenoiser unet, Guidance guidance) {
        return unet;
    }

    /** Predictions that keep what the task must not change. */
    default DenoisedPredictor keepKnown(DenoisedPredictor predictor) {
        return predictor;
    }

    /** Final latents that keep what the task must not change. */
    default NDArray keepKnown(NDArray latents) {
        return latents;
    }

    /** Noise alone. */
    record FromNoise(NDArray noise) implements PreparedTask {}

    /** The latents of an image under as much noise as {@code strength} says (Meng et al. 2022). */
    record FromImage(NDArray latents, NDArray noise, double strength) implements PreparedTask {

        @Override
        public Steps steps(SamplerConfig config, int count) {
            return config.sampler().steps(config.sigmaSchedule(), count, strength);
        }

        @Override
        public NDArray initialLatents(SamplerConfig config, Steps steps) {
            return config.sampler().scaling().addNoise(latents, noise, steps.start());
        }
    }

    /**
     * Changes an image only where {@code mask} (1,1,h,w) is 1, for models that see no mask: elsewhere the image
     * replaces every prediction (Lugmayr et al. 2022, section 4.1, without resampling).
     */
    record BlendedInpainting(FromImage image, NDArray mask) implements PreparedTask {

        @Override
        public NDArray noise() {
            return image.noise;
        }

        @Override
        public Steps steps(SamplerConfig config, int count) {
            return image.steps(config, count);
        }

        @Override
        public NDArray initialLatents(SamplerConfig config, Steps steps) {
            return image.strength == 1
                    ? PreparedTask.super.initialLatents(config, steps)
                    : image.initialLatents(config, steps);
        }

        @Override
        public DenoisedPredictor keepKnown(DenoisedPredictor predictor) {
            return (x, level) -> {
                DenoisedPrediction prediction = predictor.predict(x, level);
                return new DenoisedPrediction(
                        blend(prediction.x0(), image.latents), () -> blend(prediction.epsilon(), image.noise));
            };
        }

        @Override
        public NDArray keepKnown(NDArray latents) {
            return blend(latents, image.latents);
        }

        private NDArray blend(NDArray generated, NDArray known) {
            return axpby(1, known, 1, generated.sub(known).mul(mask));
        }
    }

    /** For models that also see {@code condition} (B,C',h,w): the mask and the latents of the image outside it. */
    record Conditioned(PreparedTask start, NDArray condition) implements PreparedTask {

        @Override
        public NDArray noise() {
            return start.noise();
        }

        @Override
        public Steps steps(SamplerConfig config, int count) {
            return start.steps(config, count);
        }

        @Override
        public NDArray initialLatents(SamplerConfig config, Steps steps) {
            return start.initialLatents(config, steps);
        }

        @Override
        public ConditionalDenoiser adapt(ConditionalDenoiser unet, Guidance guidance) {
            return (x, timestep, inputs) -> unet.predict(beside(x, condition), timestep, inputs);
        }
    }

    /**
     * For models that also see {@code image} (B,C,h,w), which they change as the prompt says.
     *
     * <p>Brooks et al. 2023, eq. 3, guides twice: e_0 + s_I (e_I - e_0) + s (e_C - e_I), with e_0 seeing neither image
     * nor prompt, e_I the image alone and e_C both. That is classifier-free guidance u + s (e_C - u) away from
     * u = e_I + (s_I - 1) / (s - 1) (e_0 - e_I). So rescale and interval mean what they mean elsewhere.
     */
    record InstructEdit(PreparedTask start, NDArray image, double imageGuidanceScale) implements PreparedTask {

        @Override
        public NDArray noise() {
            return start.noise();
        }

        @Override
        public ConditionalDenoiser adapt(ConditionalDenoiser unet, Guidance guidance) {
            double share = (imageGuidanceScale - 1) / (guidance.scale() - 1);
            return (x, timestep, inputs) -> isGuided(x)
                    ? Scope.keep(() -> guided(unet, x, timestep, inputs, share))
                    : unet.predict(beside(x, image), timestep, inputs);
        }

        /** Whether x has the rows of [unconditional, conditional]. */
        private boolean isGuided(NDArray x) {
            return x.getShape().get(0) == 2 * image.getShape().get(0);
        }

        /** [u, e_C], from one call for [e_I, e_C, e_0]. */
        private NDArray guided(
                ConditionalDenoiser unet, NDArray x, double timestep, DenoiserInputs inputs, double share) {
            long count = image.getShape().get(0);
            NDArray unconditional = beside(x.get("{}:{}", 0, count), image.zerosLike());
            NDArray three = beside(x, image).concat(unconditional, 0);
            NDList predictions = unet.predict(three, timestep, inputs.concat(inputs.rows(0, count)))
                    .split(3);
            NDArray withImage = predictions.get(0);
            NDArray without = predictions.get(2);
            return axpby(1, withImage, share, without.sub(withImage)).concat(predictions.get(1), 0);
        }
    }

    /** {@code x} with more channels: {@code condition}, as often as the batch of a guided network repeats the images. */
    private static NDArray beside(NDArray x, NDArray condition) {
        int times = (int) (x.getShape().get(0) / condition.getShape().get(0));
        NDArray rows = NDArrays.concat(new NDList(Collections.nCopies(times, condition)));
        return x.concat(Aten.like(rows, x), 1);
    }
}
