package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.random.RandomStream;

/**
 * What a layer drops in one forward pass, however often that is computed.
 *
 * @param probability that an element is dropped
 * @param seed of the layer's masks
 * @param firstImage index in the batch of the first image of the pass
 */
record Dropout(double probability, long seed, int firstImage) {

    /** Drops nothing. */
    static final Dropout NONE = new Dropout(0, 0, 0);

    /** {@code x} (B,...) without what is dropped, the rest scaled up to keep the mean. */
    NDArray apply(NDArray x) {
        return probability == 0 ? x : Scope.keep(() -> x.mul(Aten.like(mask(x.getManager(), x.getShape()), x)));
    }

    private NDArray mask(NDManager manager, Shape shape) {
        float kept = (float) (1 / (1 - probability));
        float[] mask = new float[Math.toIntExact(shape.size())];
        int perImage = mask.length / Math.toIntExact(shape.get(0));
        for (int start = 0; start < mask.length; start += perImage) {
            RandomStream random = RandomStream.of(seed, firstImage + start / perImage);
            for (int i = start; i < start + perImage; i++) {
                mask[i] = random.nextDouble() < probability ? 0 : kept;
            }
        }
        return TorchArray.of(manager, mask, shape);
    }
}
