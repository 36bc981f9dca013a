package io.percolate.cli.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.GenerationRequest.Size;
import io.percolate.pipeline.generation.Start;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a generation starts from instead of noise of its own. */
final class InitImageOptions {

    private static final double USUAL_STRENGTH = 0.8;
    private static final double USUAL_LIKENESS = 1.5;

    @Option(
            names = "--init-image",
            paramLabel = "FILE",
            description = "image to change instead of drawing a new one;"
                    + " or FILE.safetensors with the tensor image (1,3,H,W) in [0,1]")
    private Path image;

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "how much of it to change: above 0, which is nothing, up to 1, everything (default: 0.8)")
    private Double strength;

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "image that is white where --init-image is to be drawn anew, and black where it is to stay")
    private Path mask;

    @Option(
            names = "--edit",
            paramLabel = "FILE",
            description = "image that PROMPT says how to change, for instruct-pix2pix models")
    private Path edited;

    @Option(
            names = "--likeness",
            paramLabel = "L",
            description = "guidance towards the image of --edit: 1 is off, more changes less (default: 1.5)")
    private Double likeness;

    @Option(
            names = "--latents",
            paramLabel = "FILE.safetensors",
            description = "starting noise of unit variance: the tensor latents (B,C,h,w), a row for each image;"
                    + " for --init-image also posterior_noise, with which the encoder's answer is drawn")
    private Path latents;

    /** Reads the image to change, if there is one. */
    void applyTo(GenerationRequest.Builder request) {
        requireFor("--init-image", image, "--strength", strength);
        requireFor("--init-image", image, "--mask", mask);
        requireFor("--edit", edited, "--likeness", likeness);
        requireEither("--mask", mask, "--latents", latents);
        requireEither("--edit", edited, "--latents", latents);
        requireEither("--edit", edited, "--init-image", image);
        if (mask != null && InitTensors.isNamed(image)) {
            throw new IllegalArgumentException("--mask needs an image file for --init-image, not " + image);
        }
        if (image != null && !startsFromTensors()) {
            request.start(start(ImageFiles.read(image), strength()));
        }
        if (edited != null) {
            request.start(new Start.Editing(ImageFiles.read(edited), likeness == null ? USUAL_LIKENESS : likeness));
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

    private Start start(BufferedImage image, double change) {
        return mask == null
                ? new Start.Image(image, change)
                : new Start.Inpainting(image, ImageFiles.read(mask), change);
    }

    /** Whether there is more to read when the model is there. */
    private boolean startsFromTensors() {
        return latents != null || image != null && InitTensors.isNamed(image);
    }

    private double strength() {
        return strength == null ? USUAL_STRENGTH : strength;
    }

    /** Reads tensors into {@code manager}; they also say how large the images are, if nothing else does. */
    void applyTo(GenerationRequest.Builder request, Pipeline pipeline, NDManager manager) {
        if (!startsFromTensors()) {
            return;
        }
        Optional<InitTensors> given = Optional.ofNullable(latents).map(InitTensors::new);
        Optional<NDArray> noise = given.map(file -> file.latents(manager));
        int factor = pipeline.autoencoder()
                .map(vae -> vae.config().downsamplingFactor())
                .orElse(1);
        noise.ifPresent(rows -> sizeOf(rows, factor, request));
        if (image == null) {
            request.start(new Start.Noise(noise.orElseThrow()));
        } else {
            Optional<NDArray> posteriorNoise = given.flatMap(file -> file.posteriorNoise(manager));
            request.start(new Start.Pixels(pixels(request, manager), posteriorNoise, noise, strength()));
        }
    }

    private NDArray pixels(GenerationRequest.Builder request, NDManager manager) {
        if (InitTensors.isNamed(image)) {
            NDArray pixels = new InitTensors(image).image(manager);
            sizeOf(pixels, 1, request);
            return pixels;
        }
        Size size = request.build().size().orElseThrow();
        BufferedImage resized =
                ImageTransform.stretched(size.width(), size.height()).read(image);
        return Pixels.of(resized, manager).expandDims(0);
    }

    private static void sizeOf(NDArray tensor, int factor, GenerationRequest.Builder request) {
        if (request.build().size().isEmpty()) {
            request.size(
                    (int) tensor.getShape().get(3) * factor,
                    (int) tensor.getShape().get(2) * factor);
        }
    }
}
