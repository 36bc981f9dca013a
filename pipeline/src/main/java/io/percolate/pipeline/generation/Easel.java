package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.generation.GenerationRequest.Size;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.weights.layout.UNetInput;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Prepares the {@link Canvas} of one batch of images, drawing noise in the order in which diffusers does. */
final class Easel {

    private final DiffusionModel model;
    private final Size size;
    private final NoiseSource random;
    private final NDManager manager;
    private final int first;
    private final Shape shape;

    /** For images number {@code first} up to {@code end} of a request. */
    Easel(DiffusionModel model, Settings settings, int first, int end, NDManager manager) {
        this.model = model;
        this.size = settings.size();
        this.random = NoiseSource.perImage(settings.seeds(first, end));
        this.manager = manager;
        this.first = first;
        this.shape = model.codec().shape(end - first, size.height(), size.width());
    }

    /** Where the steps' noise comes from, after that of the canvas. */
    NoiseSource random() {
        return random;
    }

    Canvas canvas(Optional<Start> start) {
        if (start.isEmpty()) {
            return new Canvas.Blank(noise());
        }
        if (start.get() instanceof Start.Noise given) {
            return new Canvas.Blank(rows(given.latents()));
        }
        if (start.get() instanceof Start.Latents given) {
            return new Canvas.Sketch(rows(given.latents()), rows(given.noise()), given.strength());
        }
        if (start.get() instanceof Start.Pixels given) {
            NDArray clean = model.codec().encode(given.pixels(), noise(given.posteriorNoise()));
            return new Canvas.Sketch(clean, noise(given.noise()), given.strength());
        }
        if (start.get() instanceof Start.Inpainting inpainting) {
            return inpainted(inpainting);
        }
        if (start.get() instanceof Start.Editing editing) {
            return edited(editing);
        }
        Start.Image image = (Start.Image) start.get();
        return sketch(image.image(), image.strength());
    }

    private NDArray noise(Optional<NDArray> given) {
        return given.map(this::rows).orElseGet(this::noise);
    }

    private NDArray noise() {
        return random.normal(manager, shape, DataType.FLOAT32);
    }

    private Canvas.Sketch sketch(BufferedImage image, double strength) {
        NDArray clean = model.codec().encode(pixels(image), noise());
        return new Canvas.Sketch(clean, noise(), strength);
    }

    private Canvas inpainted(Start.Inpainting start) {
        NDArray mask = pixels(start.mask()).mean(new int[] {1}, true).gte(0).toType(DataType.FLOAT32, false);
        NDArray small = mask.get(new NDIndex(
                ":, :, ::{}, ::{}", model.codec().factor(), model.codec().factor()));
        if (model.input() != UNetInput.INPAINTING) {
            return new Canvas.Blended(sketch(start.image(), start.strength()), small);
        }
        Canvas canvas = start.strength() == 1 ? new Canvas.Blank(noise()) : sketch(start.image(), start.strength());
        NDArray outside = pixels(start.image()).mul(Aten.affine(mask, -1, 1));
        NDArray kept = model.codec().encode(outside, noise());
        return new Canvas.Guided(canvas, small.repeat(0, shape.get(0)).concat(kept, 1));
    }

    private Canvas edited(Start.Editing start) {
        if (model.input() != UNetInput.EDITING) {
            throw new IllegalArgumentException(
                    "an image to edit by instruction, but this model is no instruct-pix2pix: start from an Image");
        }
        Canvas.Blank blank = new Canvas.Blank(noise());
        NDArray image = model.codec().encodeUnscaled(pixels(start.image())).repeat(0, shape.get(0));
        return new Canvas.Edited(blank, image, start.likeness());
    }

    private NDArray pixels(BufferedImage image) {
        ImageTransform resize = ImageTransform.stretched(size.width(), size.height());
        return Pixels.of(resize.apply(image), manager).expandDims(0);
    }

    private NDArray rows(NDArray given) {
        return given.get(new NDIndex("{}:{}", first, first + shape.get(0)));
    }
}
