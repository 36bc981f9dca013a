package io.percolate.nn.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** A {@link TorchNoise} for each image of a batch. */
final class PerImageNoise implements NoiseSource {

    private final TorchNoise[] images;

    PerImageNoise(long... seeds) {
        images = Arrays.stream(seeds).mapToObj(TorchNoise::new).toArray(TorchNoise[]::new);
    }

    @Override
    public NDArray normal(NDManager manager, Shape shape, DataType type) {
        if (shape.dimension() == 0 || shape.get(0) != images.length) {
            throw new IllegalArgumentException("noise of shape " + shape + " from " + images.length
                    + " seeds: the first axis must count the images");
        }
        int size = Math.toIntExact(shape.size() / images.length);
        double[] values = new double[images.length * size];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i].normal(size, type), 0, values, i * size, size);
        }
        return TorchNoise.array(manager, values, shape, type);
    }
}
