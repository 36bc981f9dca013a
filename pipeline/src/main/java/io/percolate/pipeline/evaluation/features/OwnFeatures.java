package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.vae.losses.Augmentation;
import io.percolate.vae.losses.Augmentations;
import java.util.List;
import java.util.Random;

/**
 * Features that need no file: those of a small network that learns, on the very data set, to tell two views of an image
 * from those of all others (SimCLR, Chen et al. 2020). They know nothing but this data set: their distances can be
 * compared among models of one comparison, and with nothing that is published. The same data, steps and threads give the
 * same network.
 */
public final class OwnFeatures implements ImageFeatures {

    private static final int SIDE = 32;
    private static final int BATCH = 64;
    private static final int FEWEST = 4;
    private static final long SEED = 0;
    private static final double LEARNING_RATE = 1e-3;
    private static final Augmentations VIEWS =
            new Augmentations(List.of(Augmentation.COLOR, Augmentation.TRANSLATION, Augmentation.CUTOUT));

    private final ContrastiveNetwork network = new ContrastiveNetwork();
    private final NDManager manager;
    private final long pooling;

    private OwnFeatures(int side, NDManager owner) {
        manager = owner.newSubManager();
        pooling = side > SIDE && side % SIDE == 0 ? side / SIDE : 1;
        network.initialise(manager, SEED);
        network.makeTrainable();
    }

    static OwnFeatures train(ImageDataset dataset, int side, int steps, NDManager owner) {
        if (dataset.size() < FEWEST) {
            throw new IllegalArgumentException(dataset.folder() + " has " + dataset.size() + " images, but features are"
                    + " learned from " + FEWEST + " or more: give a file of a feature network");
        }
        OwnFeatures features = new OwnFeatures(side, owner);
        LoaderConfig config = LoaderConfig.training(Math.min(BATCH, dataset.size()), ImageTransform.square(side));
        try (BatchLoader loader = BatchLoader.shuffled(dataset, config, SEED, Position.START);
                Optimizer optimizer = new Optimizer(features.network.parameters(), OptimizerConfig.DEFAULT)) {
            optimizer.setLearningRate(LEARNING_RATE);
            for (int step = 0; step < steps; step++) {
                long seed = step;
                Scope.run(() -> features.step(loader.next(features.manager), optimizer, seed));
            }
        }
        return features;
    }

    private void step(Batch batch, Optimizer optimizer, long seed) {
        NDArray images = pooled(batch.images());
        int count = (int) images.getShape().get(0);
        Random random = new Random(seed);
        NDArray own = square(count, 0);
        NDArray pairs = square(count, count);
        optimizer.minimise(count, part -> {
            NDArray one = VIEWS.next(count, random).apply(images, part);
            NDArray other = VIEWS.next(count, random).apply(images, part);
            return network.loss(NDArrays.concat(new NDList(one, other)), pairs, own);
        });
    }

    /** A matrix (2B,2B) with 1 where the column is {@code shift} to the right of the row, around the edge. */
    private NDArray square(int count, int shift) {
        int side = 2 * count;
        float[] values = new float[side * side];
        for (int row = 0; row < side; row++) {
            values[row * side + (row + shift) % side] = 1;
        }
        return TorchArray.of(manager, values, new Shape(side, side));
    }

    private NDArray pooled(NDArray images) {
        return pooling == 1 ? images : Aten.averagePool(images, pooling);
    }

    @Override
    public String name() {
        return "a small network of this project, trained on this data set";
    }

    @Override
    public NDArray of(NDArray images) {
        return Gradients.off(() -> RowBlocks.map(
                images, BATCH, rows -> network.features(pooled(rows)).toType(DataType.FLOAT64, false)));
    }

    @Override
    public void close() {
        network.close();
        manager.close();
    }
}
