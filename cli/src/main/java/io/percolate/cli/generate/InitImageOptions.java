package io.percolate.cli.generate;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.ImageToImage;
import io.percolate.pipeline.generation.InitImage;
import io.percolate.pipeline.images.ImageFiles;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The image to start from or to edit, and noise in place of that of the seeds. */
final class InitImageOptions {

    private static final double USUAL_STRENGTH = 0.8;
    private static final double USUAL_IMAGE_GUIDANCE = 1.5;

    @Option(
            names = "--init-image",
            paramLabel = "FILE",
            description = "image to start from; or FILE.safetensors with the tensor image (1,3,H,W) in [0,1]")
    private Path image;

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "how much of the init image to change: above 0 up to 1, which is everything (default: 0.8)")
    private Double strength;

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "image that is white where the init image is replaced, and black where it is kept")
    private Path mask;

    @Option(
            names = "--edit",
            paramLabel = "FILE",
            description = "image to edit as PROMPT says, for instruct-pix2pix models")
    private Path edited;

    @Option(
            names = "--image-guidance",
            paramLabel = "G",
            description = "guidance scale towards the image of --edit: 1 is off, more changes less (default: 1.5)")
    private Double imageGuidance;

    @Option(
            names = "--latents",
            paramLabel = "FILE.safetensors",
            description = "starting noise of unit variance: the tensor latents (B,C,h,w), one row per image; with"
                    + " --init-image also posterior_noise (B,C,h,w), which the encoder's posterior is sampled with")
    private Path latents;

    /** Reads the image to change and the noise, if they are given; tensors go to {@code manager}. */
    void applyTo(GenerationRequest.Builder request, NDManager manager) {
        requireConsistent();
        if (edited != null) {
            request.edit(ImageFiles.read(edited), imageGuidance == null ? USUAL_IMAGE_GUIDANCE : imageGuidance);
        } else if (mask != null) {
            request.inpaint(ImageFiles.read(image), ImageFiles.read(mask), strength());
        } else if (image != null) {
            request.task(new ImageToImage(initImage(manager), noise(manager), strength()));
        } else if (latents != null) {
            request.latents(new InitTensors(latents).latents(manager));
        }
    }

    private void requireConsistent() {
        requireFor("--init-image", image, "--strength", strength);
        requireFor("--init-image", image, "--mask", mask);
        requireFor("--edit", edited, "--image-guidance", imageGuidance);
        requireEither("--mask", mask, "--latents", latents);
        requireEither("--edit", edited, "--latents", latents);
        requireEither("--edit", edited, "--init-image", image);
        if (mask != null && InitTensors.isNamed(image)) {
            throw new IllegalArgumentException("--mask needs an image file for --init-image, not " + image);
        }
    }

    private static void requireFor(String owner, Path image, String option, Object value) {
        if (image == null && value != null) {
            throw new IllegalArgumentException(option + " " + value + " is for " + owner + ": name an image");
        }
    }

    private static void requireEither(String one, Path image, String other, Path file) {
        if (image != null && file != null) {
            throw new IllegalArgumentException(one + " and " + other + " exclude each other: leave one of them out");
        }
    }

    private InitImage initImage(NDManager manager) {
        return InitTensors.isNamed(image)
                ? new InitImage.OfPixels(new InitTensors(image).image(manager))
                : new InitImage.OfImage(ImageFiles.read(image));
    }

    private ImageToImage.Noise noise(NDManager manager) {
        if (latents == null) {
            return ImageToImage.Noise.FROM_SEEDS;
        }
        InitTensors given = new InitTensors(latents);
        return new ImageToImage.Noise(given.posteriorNoise(manager), Optional.of(given.latents(manager)));
    }

    private double strength() {
        return strength == null ? USUAL_STRENGTH : strength;
    }
}
