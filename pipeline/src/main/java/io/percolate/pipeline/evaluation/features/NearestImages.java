package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageTransform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** The nearest image of a data set to each of some images, by which a model that copies what it was trained on is seen. */
public final class NearestImages {

    private static final int BATCH = 64;

    private final NDArray queries;
    private final UnaryOperator<NDArray> features;
    private final List<Match> nearest;

    private NearestImages(NDArray queries, UnaryOperator<NDArray> features) {
        this.queries = queries;
        this.features = features;
        Match nothing = new Match(null, Double.POSITIVE_INFINITY);
        nearest = new ArrayList<>(Collections.nCopies((int) queries.getShape().get(0), nothing));
    }

    /**
     * An image that was found.
     *
     * @param entry the image
     * @param distance root of the mean square of the features' differences
     */
    public record Match(ImageEntry entry, double distance) {}

    /**
     * Finds, for each of {@code images} (N,3,H,W) in [-1,1], the nearest in {@code dataset}, pixel by pixel. Distances are
     * in levels of 255.
     *
     * @param transform what makes images of the data set as large as the others
     */
    public static List<Match> byPixels(NDArray images, ImageDataset dataset, ImageTransform transform) {
        return of(
                images,
                dataset,
                transform,
                x -> Aten.scale(x.reshape(x.getShape().get(0), -1), 127.5));
    }

    /** The same by {@code features}, which makes rows (N,D) of images (N,3,H,W). */
    public static List<Match> of(
            NDArray images, ImageDataset dataset, ImageTransform transform, UnaryOperator<NDArray> features) {
        return Gradients.off(() -> Scope.call(() -> {
            NearestImages search = new NearestImages(features.apply(images), features);
            try (BatchLoader loader = BatchLoader.once(dataset, BATCH, transform)) {
                while (loader.hasNext()) {
                    Scope.run(() -> search.compare(loader.next(images.getManager())));
                }
            }
            return List.copyOf(search.nearest);
        }));
    }

    private void compare(Batch batch) {
        NDArray rows = features.apply(batch.images());
        NDArray lengths = queries.square().sum(new int[] {1}, true);
        NDArray others = rows.square().sum(new int[] {1}, true).transpose();
        NDArray squares = Aten.axpby(-2, queries.matMul(rows.transpose()), 1, lengths.add(others));
        for (int i = 0; i < nearest.size(); i++) {
            int found = (int) squares.get(i).argMin().getLong();
            NDArray difference = queries.get(i).sub(rows.get(found)).toType(DataType.FLOAT64, false);
            double distance = Math.sqrt(difference.square().mean().getDouble());
            if (distance < nearest.get(i).distance()) {
                nearest.set(i, new Match(batch.items().get(found).entry(), distance));
            }
        }
    }
}
