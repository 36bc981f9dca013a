package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.control.Control;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Pipeline#generate} is asked for. What a request leaves open is the model's own choice. Made by {@link
 * #of} and the methods of its {@link Builder}:
 *
 * <pre>{@code
 * GenerationRequest request = GenerationRequest.of("a red apple").steps(30).seed(7).build();
 * }</pre>
 *
 * @param prompts what images should show
 * @param images which images are made
 * @param sampling how noise becomes an image
 * @param task whether images are new or changed ones
 * @param controls what the ControlNets of the model are shown, in their order
 */
public record GenerationRequest(
        Prompts prompts, ImagePlan images, Sampling sampling, GenerationTask task, List<Control> controls) {

    public GenerationRequest {
        Objects.requireNonNull(task, "task");
        controls = List.copyOf(controls);
        images.requireSeeds(prompts.count() * images.perPrompt());
    }

    /** How many images are made. */
    public int imageCount() {
        return prompts.count() * images.perPrompt();
    }

    /** Whether one batch can make the images of both: they are new ones, alike in all but prompts and seeds. */
    public boolean joins(GenerationRequest other) {
        return task.equals(TextToImage.FROM_SEEDS)
                && task.equals(other.task)
                && controls.isEmpty()
                && other.controls.isEmpty()
                && sampling.equals(other.sampling)
                && images.joins(other.images)
                && prompts.joins(other.prompts);
    }

    /** The images of all {@code requests}, which join each other, in one batch. */
    public static GenerationRequest joined(List<GenerationRequest> requests) {
        GenerationRequest first = requests.get(0);
        Prompts prompts = requests.stream()
                .map(GenerationRequest::prompts)
                .reduce(Prompts::and)
                .orElseThrow();
        List<Long> seeds = requests.stream()
                .flatMapToLong(request -> Arrays.stream(request.images.seeds(0, request.imageCount())))
                .boxed()
                .toList();
        ImagePlan images = first.images.withSeeds(seeds).withBatchLimit(seeds.size());
        return new GenerationRequest(prompts, images, first.sampling, first.task, first.controls);
    }

    /** One image for each of {@code prompts}. */
    public static Builder of(String... prompts) {
        Arrays.stream(prompts).forEach(prompt -> Objects.requireNonNull(prompt, "prompt"));
        return new Builder(Prompts.of(List.of(prompts)));
    }

    /** Collects the parts of a request. */
    public static final class Builder {

        private Prompts prompts;
        private ImagePlan images = ImagePlan.DEFAULT;
        private Sampling sampling = Sampling.DEFAULT;
        private GenerationTask task = TextToImage.FROM_SEEDS;
        private final List<Control> controls = new ArrayList<>();

        private Builder(Prompts prompts) {
            this.prompts = prompts;
        }

        /** What no image should show. */
        public Builder negativePrompt(String text) {
            return negativePrompts(List.of(Objects.requireNonNull(text, "negativePrompt")));
        }

        /** What images should not show: one text for all prompts, one for each, or none. */
        public Builder negativePrompts(List<String> texts) {
            prompts = prompts.withNegatives(Objects.requireNonNull(texts, "negativePrompts"));
            return this;
        }

        /** What brackets in prompts mean. */
        public Builder syntax(PromptSyntax syntax) {
            prompts = prompts.withSyntax(syntax);
            return this;
        }

        /** How many of the text encoder's last layers to leave out. */
        public Builder clipSkip(int layers) {
            prompts = prompts.withClipSkip(layers);
            return this;
        }

        /** Width and height in pixels. */
        public Builder size(int width, int height) {
            images = images.withSize(new Size(width, height));
            return this;
        }

        /** Inference steps. */
        public Builder steps(int value) {
            sampling = sampling.withSteps(value);
            return this;
        }

        /** How strongly the prompt is followed: 1 as it is, more exaggerates it. */
        public Builder guidanceScale(double value) {
            return guidance(sampling.guidance().withScale(value));
        }

        /** How far guided predictions get back the contrast of those without guidance, 0 to 1. */
        public Builder guidanceRescale(double phi) {
            return guidance(sampling.guidance().withRescale(phi));
        }

        /** The timesteps at which guidance applies. */
        public Builder guidanceInterval(double lowestTimestep, double highestTimestep) {
            return guidance(sampling.guidance().withInterval(new Guidance.Interval(lowestTimestep, highestTimestep)));
        }

        private Builder guidance(GuidanceChoice choice) {
            sampling = sampling.with(choice);
            return this;
        }

        /** Which sampler takes the steps. */
        public Builder sampler(SamplerKind kind) {
            return sampler(sampling.sampler().withKind(kind));
        }

        /** Noise that the sampler DDIM adds, from 0 to 1. */
        public Builder eta(double value) {
            return sampler(sampling.sampler().withEta(value));
        }

        /** Where the timesteps are. */
        public Builder spacing(TimestepSpacing value) {
            return sampler(sampling.sampler().withSpacing(value));
        }

        /** How the noise levels are spaced. */
        public Builder sigmas(SigmaSpacing value) {
            return sampler(sampling.sampler().withSigmas(value));
        }

        private Builder sampler(SamplerChoice choice) {
            sampling = sampling.with(choice);
            return this;
        }

        /** The seed of the first image; image i has {@code first + i}. Without one it is random. */
        public Builder seed(long first) {
            return seeds(first);
        }

        /** A seed for each image, or one for the first. */
        public Builder seeds(long... values) {
            images = images.withSeeds(Arrays.stream(values).boxed().toList());
            return this;
        }

        /** Images of each prompt. */
        public Builder count(int perPrompt) {
            images = images.withPerPrompt(perPrompt);
            return this;
        }

        /** How many images are in memory at once; makes no difference to the images. */
        public Builder batchLimit(int count) {
            images = images.withBatchLimit(count);
            return this;
        }

        /** Starts from this noise of unit variance (B,C,h,w), a row for each image; it stays the caller's. */
        public Builder latents(NDArray noise) {
            return task(new TextToImage(Optional.of(Objects.requireNonNull(noise, "latents"))));
        }

        /** Changes {@code image}: {@code strength} says how much, above 0 and up to 1. */
        public Builder initImage(BufferedImage image, double strength) {
            return task(ImageToImage.of(image, strength));
        }

        /** Changes {@code image} where {@code mask} is bright: {@code strength} says how much, above 0 and up to 1. */
        public Builder inpaint(BufferedImage image, BufferedImage mask, double strength) {
            return task(new Inpainting(image, mask, strength));
        }

        /** Changes {@code image} as the prompt says; for instruct-pix2pix models. */
        public Builder edit(BufferedImage image, double imageGuidanceScale) {
            return task(new InstructEditing(image, imageGuidanceScale));
        }

        /** Any other task. */
        public Builder task(GenerationTask value) {
            task = Objects.requireNonNull(value, "task");
            return this;
        }

        /** Shows the next ControlNet of the model what {@code control} says; once for each of them. */
        public Builder control(Control control) {
            controls.add(control);
            return this;
        }

        /** The request; fails if its parts contradict each other. */
        public GenerationRequest build() {
            return new GenerationRequest(prompts, images.seeded(), sampling, task, controls);
        }
    }
}
