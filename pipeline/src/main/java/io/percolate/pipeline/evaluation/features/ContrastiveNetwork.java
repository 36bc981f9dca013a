package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.GroupNorm;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Linear;
import java.util.ArrayList;
import java.util.List;

/** Four convolutions that halve the image each, and for training alone a projection of their mean. */
final class ContrastiveNetwork extends Layer {

    /** Channels after each convolution; the last are the features. */
    private static final int[] WIDTHS = {16, 32, 64, 64};

    private static final int GROUPS = 8;
    private static final double EPS = 1e-5;

    /** Chen et al. 2020, section 5.1: between 0.1 and 1. */
    private static final double TEMPERATURE = 0.2;

    private final List<Stage> stages = new ArrayList<>();
    private final Linear head;

    ContrastiveNetwork() {
        int in = 3;
        for (int i = 0; i < WIDTHS.length; i++) {
            stages.add(child("stages." + i, new Stage(in, WIDTHS[i])));
            in = WIDTHS[i];
        }
        head = child("head", new Linear(in, in));
    }

    /** Features (B,64) of images (B,3,H,W). */
    NDArray features(NDArray images) {
        return Scope.keep(() -> {
            NDArray h = images;
            for (Stage stage : stages) {
                h = stage.forward(h);
            }
            return h.reshape(h.getShape().get(0), h.getShape().get(1), -1).mean(new int[] {2});
        });
    }

    /**
     * How badly two views (B,3,H,W) of each image are told from those of all others: NT-Xent (Chen et al. 2020, eq. 1), a
     * scalar.
     *
     * @param pairs (2B,2B), 1 where two rows are views of one image
     * @param own (2B,2B), 1 on the diagonal
     */
    NDArray loss(NDArray views, NDArray pairs, NDArray own) {
        return Scope.keep(() -> {
            NDArray projected = head.forward(Aten.silu(features(views)));
            NDArray directions = Aten.unitRows(projected, EPS);
            NDArray similarities = Aten.scale(directions.matMul(directions.transpose()), 1 / TEMPERATURE);
            NDArray others = Aten.axpby(1, similarities, -1e4, own);
            return Aten.scale(
                    others.logSoftmax(1).mul(pairs).sum(),
                    -1.0 / pairs.getShape().get(0));
        });
    }

    private static final class Stage extends Layer {

        private final Conv2d conv;
        private final GroupNorm norm;

        Stage(int in, int out) {
            conv = child("conv", new Conv2d(in, out, 3, 2, 1));
            norm = child("norm", new GroupNorm(GROUPS, out, EPS));
        }

        NDArray forward(NDArray x) {
            return Scope.keep(() -> norm.forwardSilu(conv.forward(x)));
        }
    }
}
