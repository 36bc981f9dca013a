package io.percolate.pipeline.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.pipeline.GenerationRequest;
import io.percolate.pipeline.GenerationRequest.Start;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.weights.SafeTensors;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a generation starts from instead of noise of its own. */
final class StartOptions {

    private static final String NAME = "latents";
    private static final double USUAL_STRENGTH = 0.8;
    private static final double USUAL_LIKENESS = 1.5;

    @Option(names = "--init-image", paramLabel = "FILE", description = "picture to change instead of drawing a new one")
    private Path picture;

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "how much of it to change: above 0, which is nothing, up to 1, everything (default: 0.8)")
    private Double strength;

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "picture that is white where --init-image is to be drawn anew, and black where it is to stay")
    private Path mask;

    @Option(
            names = "--edit",
            paramLabel = "FILE",
            description = "picture that PROMPT says how to change, for instruct-pix2pix models")
    private Path edited;

    @Option(
            names = "--likeness",
            paramLabel = "L",
            description = "guidance towards the picture of --edit: 1 is off, more changes less (default: 1.5)")
    private Double likeness;

    @Option(
            names = "--latents",
            paramLabel = "FILE.safetensors",
            description = "starting noise of unit variance: the tensor latents (B,C,h,w), a row for each picture")
    private Path latents;

    /** Reads the picture to change, if there is one. */
    void applyTo(GenerationRequest.Builder request) {
        requireFor("--init-image", picture, "--strength", strength);
        requireFor("--init-image", picture, "--mask", mask);
        requireFor("--edit", edited, "--likeness", likeness);
        requireEither("--init-image", picture, "--latents", latents);
        requireEither("--edit", edited, "--latents", latents);
        requireEither("--edit", edited, "--init-image", picture);
        if (picture != null) {
            request.start(start(ImageFiles.read(picture), strength == null ? USUAL_STRENGTH : strength));
        }
        if (edited != null) {
            request.start(new Start.Editing(ImageFiles.read(edited), likeness == null ? USUAL_LIKENESS : likeness));
        }
    }

    private static void requireFor(String owner, Path picture, String option, Object value) {
        if (picture == null && value != null) {
            throw new IllegalArgumentException(option + " " + value + " is for " + owner + ": name a picture");
        }
    }

    private static void requireEither(String one, Path picture, String other, Path file) {
        if (picture != null && file != null) {
            throw new IllegalArgumentException(one + " and " + other + " exclude each other: leave one of them out");
        }
    }

    private Start start(BufferedImage image, double change) {
        return mask == null
                ? new Start.Picture(image, change)
                : new Start.Inpainting(image, ImageFiles.read(mask), change);
    }

    /** Reads the noise into {@code manager}; it also says how large the pictures are, if nothing else does. */
    void applyTo(GenerationRequest.Builder request, Pipeline pipeline, NDManager manager) {
        if (latents == null) {
            return;
        }
        NDArray noise = noise(manager);
        request.start(new Start.Noise(noise));
        if (request.build().size().isEmpty()) {
            int factor = pipeline.autoencoder()
                    .map(vae -> vae.config().downsamplingFactor())
                    .orElse(1);
            request.size(
                    (int) noise.getShape().get(3) * factor,
                    (int) noise.getShape().get(2) * factor);
        }
    }

    private NDArray noise(NDManager manager) {
        try (SafeTensors file = SafeTensors.open(latents)) {
            if (!file.has(NAME)) {
                throw new IllegalArgumentException(
                        latents + " has no tensor called " + NAME + ", only " + String.join(", ", file.names()));
            }
            Shape shape = file.info(NAME).shape();
            if (shape.dimension() != 4) {
                throw new IllegalArgumentException(latents + ": latents are (B,C,h,w), not " + shape);
            }
            return file.read(manager, NAME, DataType.FLOAT32);
        }
    }
}
