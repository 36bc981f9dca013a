package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.files.MemorySize;
import io.percolate.nn.engine.ComputeDevice;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a training is computed.
 *
 * @param device where
 * @param precision what the network computes in
 * @param gradientCheckpointing whether the backward pass computes blocks again instead of keeping what they took:
 *     less memory, and about a quarter more time
 * @param microBatch how many images of a batch go through the network together: less memory, the same weights; empty
 *     for all of them
 * @param memory what the process may take at most: the two above are chosen to fit; empty for no limit
 * @param beside what is computed beside the steps
 */
public record ComputePlan(
        ComputeDevice device,
        TrainingPrecision precision,
        boolean gradientCheckpointing,
        OptionalInt microBatch,
        Optional<MemorySize> memory,
        Beside beside) {

    /** What a recipe has that does not say otherwise. */
    public static final ComputePlan DEFAULT = new ComputePlan(
            ComputeDevice.CPU, TrainingPrecision.AUTO, false, OptionalInt.empty(), Optional.empty(), Beside.DEFAULT);

    public ComputePlan {
        RecipeSection.require(microBatch.orElse(1) > 0, "micro_batch", microBatch.orElse(1));
    }

    static ComputePlan from(JsonConfig section) {
        return new ComputePlan(
                ComputeDevice.parse(section.string("device", DEFAULT.device.toString())),
                RecipeSection.choice(section, "precision", TrainingPrecision.class, DEFAULT.precision),
                section.flag("gradient_checkpointing", DEFAULT.gradientCheckpointing),
                number(section, "micro_batch"),
                section.isNull("memory") ? Optional.empty() : Optional.of(MemorySize.parse(section.string("memory"))),
                Beside.from(section));
    }

    private static OptionalInt number(JsonConfig section, String key) {
        return section.isNull(key) ? OptionalInt.empty() : OptionalInt.of(section.integer(key));
    }

    void addTo(Map<String, Object> section) {
        section.put("device", device.toString());
        section.put("precision", RecipeSection.name(precision));
        section.put("gradient_checkpointing", gradientCheckpointing);
        section.put("micro_batch", orNull(microBatch));
        section.put("memory", memory.map(MemorySize::toString).orElse(null));
        beside.addTo(section);
    }

    private static Integer orNull(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    /** The same somewhere else. */
    public ComputePlan withDevice(ComputeDevice other) {
        return new ComputePlan(other, precision, gradientCheckpointing, microBatch, memory, beside);
    }

    /** The same in another precision. */
    public ComputePlan withPrecision(TrainingPrecision other) {
        return new ComputePlan(device, other, gradientCheckpointing, microBatch, memory, beside);
    }

    /** The same with blocks computed again, or what they took kept. */
    public ComputePlan withGradientCheckpointing(boolean wanted) {
        return new ComputePlan(device, precision, wanted, microBatch, memory, beside);
    }

    /** The same with at most so many images in the network together. */
    public ComputePlan withMicroBatch(int images) {
        return new ComputePlan(device, precision, gradientCheckpointing, OptionalInt.of(images), memory, beside);
    }

    /** The same within a limit. */
    public ComputePlan withMemory(MemorySize limit) {
        return new ComputePlan(device, precision, gradientCheckpointing, microBatch, Optional.of(limit), beside);
    }

    /** The same with something else beside the steps. */
    public ComputePlan withBeside(Beside other) {
        return new ComputePlan(device, precision, gradientCheckpointing, microBatch, memory, other);
    }

    /**
     * What is computed beside the steps: samples, and the latent scale of an autoencoder.
     *
     * @param samples images of a sample; 0 for no samples; empty for 8 of an autoencoder, or of a denoiser
     *     for 32 small ones, or at least 4 large ones
     * @param sampleSteps inference steps of a denoiser's samples
     * @param scaleImages how many images the latent scale is measured on at every save; 0 keeps that of the recipe; empty
     *     for 256 small ones, or at least 16 large ones
     * @param pixelsAtOnce pixels of the images that are computed together; one image goes even if it has more
     */
    public record Beside(OptionalInt samples, int sampleSteps, OptionalInt scaleImages, long pixelsAtOnce) {

        /** What a recipe has that does not say otherwise: 16 images of 128x128, or one of 512x512. */
        public static final Beside DEFAULT = new Beside(OptionalInt.empty(), 20, OptionalInt.empty(), 1 << 18);

        private static final long SAMPLE_PIXELS = 32L << 16;
        private static final int FEWEST_SAMPLES = 4;
        private static final int MOST_SAMPLES = 32;
        private static final long SCALE_PIXELS = 256L << 14;
        private static final int FEWEST_SCALE_IMAGES = 16;
        private static final int MOST_SCALE_IMAGES = 256;

        public Beside {
            RecipeSection.require(samples.orElse(0) >= 0, "samples", samples.orElse(0));
            RecipeSection.require(sampleSteps > 0, "sample_steps", sampleSteps);
            RecipeSection.require(scaleImages.orElse(0) >= 0, "scale_images", scaleImages.orElse(0));
            RecipeSection.require(pixelsAtOnce > 0, "pixels_at_once", pixelsAtOnce);
        }

        private static Beside from(JsonConfig section) {
            return new Beside(
                    number(section, "samples"),
                    section.integer("sample_steps", DEFAULT.sampleSteps),
                    number(section, "scale_images"),
                    section.isNull("pixels_at_once") ? DEFAULT.pixelsAtOnce : section.longInteger("pixels_at_once"));
        }

        private void addTo(Map<String, Object> section) {
            section.put("samples", orNull(samples));
            section.put("sample_steps", sampleSteps);
            section.put("scale_images", orNull(scaleImages));
            section.put("pixels_at_once", pixelsAtOnce);
        }

        /** How many images of {@code pixels} pixels are computed together; at least one. */
        public int imagesAtOnce(long pixels) {
            return (int) Math.max(1, Math.min(pixelsAtOnce / pixels, Integer.MAX_VALUE));
        }

        /** How many images of {@code pixels} pixels a denoiser's sample has. */
        public int denoiserSamples(long pixels) {
            return samples.orElse(within(FEWEST_SAMPLES, SAMPLE_PIXELS / pixels, MOST_SAMPLES));
        }

        /** How many images of {@code pixels} pixels the latent scale is measured on. */
        public int scaleImages(long pixels) {
            return scaleImages.orElse(within(FEWEST_SCALE_IMAGES, SCALE_PIXELS / pixels, MOST_SCALE_IMAGES));
        }

        private static int within(int fewest, long images, int most) {
            return (int) Math.max(fewest, Math.min(most, images));
        }

        /** The same with another number of samples, of so many inference steps. */
        public Beside withSamples(int images, int steps) {
            return new Beside(OptionalInt.of(images), steps, scaleImages, pixelsAtOnce);
        }

        /** The same with the latent scale measured on so many images. */
        public Beside withScaleImages(int images) {
            return new Beside(samples, sampleSteps, OptionalInt.of(images), pixelsAtOnce);
        }

        /** The same with so many pixels computed together. */
        public Beside withPixelsAtOnce(long pixels) {
            return new Beside(samples, sampleSteps, scaleImages, pixels);
        }
    }
}
