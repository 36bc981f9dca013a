package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.BatchNorm;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.Conv2d.Geometry;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells real patches of an image from reconstructed ones: PatchGAN (Isola et al. 2017, section 3.2.2) with the weight
 * names {@code main.N} and first values of Esser et al. 2021. Always in training mode: batches are normalised by their
 * own statistics. For one thread at a time.
 */
public final class PatchDiscriminator extends Layer {

    private static final int KERNEL = 4;
    private static final double SLOPE = 0.2;
    private static final Initializer WEIGHTS = Initializer.normal(0.02);

    private final PatchSize size;
    private final Conv2d first;
    private final List<Stage> stages = new ArrayList<>();
    private final Conv2d last;

    /** For images of {@code channels} channels; without values as yet. */
    public PatchDiscriminator(int channels, PatchSize size) {
        this.size = size;
        first = child("main.0", conv(channels, size.width(), 2, true));
        for (int layer = 1; layer <= size.layers(); layer++) {
            stages.add(inline(new Stage(layer)));
        }
        last = child("main." + index(size.layers() + 1), conv(size.widthOf(size.layers()), 1, 1, true));
    }

    /** Images (B,C,H,W) in [-1,1] to one logit per patch (B,1,h,w), positive for real ones. */
    public NDArray forward(NDArray images) {
        return Scope.keep(() -> judge(images).logits());
    }

    /** The same with the activations on the way there; all of them belong to the scope around. */
    public Judgement judge(NDArray images) {
        requireSize(images.getShape());
        List<NDArray> activations = new ArrayList<>();
        activations.add(
                GradientCheckpointing.block(images, x -> Scope.keep(() -> Aten.leakyRelu(first.forward(x), SLOPE))));
        for (Stage stage : stages) {
            activations.add(stage.forward(activations.get(activations.size() - 1)));
        }
        return new Judgement(last.forward(activations.get(stages.size())), activations);
    }

    private void requireSize(Shape images) {
        long side = Math.min(images.get(2), images.get(3));
        if (side < size.smallestImage()) {
            throw new IllegalArgumentException("images " + images + " but a discriminator of " + size.layers()
                    + " layers needs at least " + size.smallestImage() + " pixels: give it fewer layers");
        }
    }

    private static int index(int layer) {
        return 3 * layer - 1;
    }

    private static Conv2d conv(int in, int out, int stride, boolean biased) {
        return new Conv2d(new Geometry(in, out, KERNEL, stride, 1), WEIGHTS, biased);
    }

    /** Convolution, batch normalisation and leaky rectifier; all but the last halve the image. */
    private final class Stage extends Layer {

        private final Conv2d conv;
        private final BatchNorm norm;

        Stage(int layer) {
            int stride = layer == size.layers() ? 1 : 2;
            int width = size.widthOf(layer);
            conv = child("main." + index(layer), conv(size.widthOf(layer - 1), width, stride, false));
            norm = child("main." + (index(layer) + 1), new BatchNorm(width, Initializer.normal(1, 0.02)));
        }

        NDArray forward(NDArray x) {
            return GradientCheckpointing.block(
                    x, h -> Scope.keep(() -> Aten.leakyRelu(norm.forward(conv.forward(h)), SLOPE)));
        }
    }
}
