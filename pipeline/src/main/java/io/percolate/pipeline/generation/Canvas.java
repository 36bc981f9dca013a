package io.percolate.pipeline.generation;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.percolate.conditioning.guidance.ClassifierFreeGuidance;
import io.percolate.conditioning.guidance.ConditionalDenoiser;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Steps;
import io.percolate.nn.engine.Aten;
import java.util.Collections;

/** What images are drawn on: noise alone, or an image under noise. All arrays have a row (C,h,w) for each image. */
sealed interface Canvas {

    /** The noise, of unit variance. */
    NDArray noise();

    /** The steps to take from here. */
    Steps plan(Sampler sampler, SigmaSchedule levels, int count);

    /** What the first of {@code steps} sees, in the sampler's own scale. */
    NDArray first(Sampler sampler, SigmaSchedule levels, Steps steps);

    /** The network as it sees this canvas. */
    default ConditionalDenoiser seenBy(ConditionalDenoiser network) {
        return network;
    }

    /** The network guided by prompts, as it sees this canvas. */
    default Denoiser guided(ConditionalDenoiser network, PromptEmbeddings prompts, Guidance guidance) {
        return ClassifierFreeGuidance.of(seenBy(network), prompts, guidance);
    }

    /** Estimates that leave alone what is to stay. */
    default DenoisedPredictor protect(DenoisedPredictor estimator) {
        return estimator;
    }

    /** Images as they are when all steps are taken. */
    default NDArray finish(NDArray drawn) {
        return drawn;
    }

    /** Noise alone. */
    record Blank(NDArray noise) implements Canvas {

        @Override
        public Steps plan(Sampler sampler, SigmaSchedule levels, int count) {
            return sampler.steps(levels, count);
        }

        @Override
        public NDArray first(Sampler sampler, SigmaSchedule levels, Steps steps) {
            return Aten.scale(noise, sampler.initialNoise(levels, steps.planned()));
        }
    }

    /** An image {@code clean} under as much noise as {@code strength} says (Meng et al. 2022). */
    record Sketch(NDArray clean, NDArray noise, double strength) implements Canvas {

        @Override
        public Steps plan(Sampler sampler, SigmaSchedule levels, int count) {
            return sampler.steps(levels, count, strength);
        }

        @Override
        public NDArray first(Sampler sampler, SigmaSchedule levels, Steps steps) {
            return sampler.scaling().addNoise(clean, noise, steps.start());
        }
    }

    /**
     * A sketch that changes only where {@code mask} (1,1,h,w) is 1, for models that know nothing of masks: elsewhere
     * every estimate is replaced by the truth (Lugmayr et al. 2022, section 4.1, without resampling).
     */
    record Blended(Sketch sketch, NDArray mask) implements Canvas {

        @Override
        public NDArray noise() {
            return sketch.noise;
        }

        @Override
        public Steps plan(Sampler sampler, SigmaSchedule levels, int count) {
            return sketch.plan(sampler, levels, count);
        }

        @Override
        public NDArray first(Sampler sampler, SigmaSchedule levels, Steps steps) {
            return sketch.strength == 1
                    ? new Blank(sketch.noise).first(sampler, levels, steps)
                    : sketch.first(sampler, levels, steps);
        }

        @Override
        public DenoisedPredictor protect(DenoisedPredictor estimator) {
            return (x, level) -> {
                DenoisedPrediction estimate = estimator.predict(x, level);
                return new DenoisedPrediction(
                        painted(estimate.x0(), sketch.clean), () -> painted(estimate.epsilon(), sketch.noise));
            };
        }

        @Override
        public NDArray finish(NDArray drawn) {
            return painted(drawn, sketch.clean);
        }

        private NDArray painted(NDArray anew, NDArray known) {
            return axpby(1, known, 1, anew.sub(known).mul(mask));
        }
    }

    /** Noise beside {@code image}, which the prompt says how to change (Brooks et al. 2023). */
    record Edited(Blank blank, NDArray image, double likeness) implements Canvas {

        @Override
        public NDArray noise() {
            return blank.noise;
        }

        @Override
        public Steps plan(Sampler sampler, SigmaSchedule levels, int count) {
            return blank.plan(sampler, levels, count);
        }

        @Override
        public NDArray first(Sampler sampler, SigmaSchedule levels, Steps steps) {
            return blank.first(sampler, levels, steps);
        }

        @Override
        public Denoiser guided(ConditionalDenoiser network, PromptEmbeddings prompts, Guidance guidance) {
            return EditGuidance.of(network, prompts, guidance, image, likeness);
        }
    }

    /** A canvas whose network also sees {@code guide} (B,C',h,w): the mask and what is outside it. */
    record Guided(Canvas canvas, NDArray guide) implements Canvas {

        @Override
        public NDArray noise() {
            return canvas.noise();
        }

        @Override
        public Steps plan(Sampler sampler, SigmaSchedule levels, int count) {
            return canvas.plan(sampler, levels, count);
        }

        @Override
        public NDArray first(Sampler sampler, SigmaSchedule levels, Steps steps) {
            return canvas.first(sampler, levels, steps);
        }

        @Override
        public ConditionalDenoiser seenBy(ConditionalDenoiser network) {
            return (x, timestep, conditions) ->
                    network.predict(x.concat(Aten.like(rows(x.getShape().get(0)), x), 1), timestep, conditions);
        }

        /** The guides of all images, as often as the batch of a guided network repeats the images. */
        private NDArray rows(long count) {
            int times = (int) (count / guide.getShape().get(0));
            return NDArrays.concat(new NDList(Collections.nCopies(times, guide)));
        }
    }
}
