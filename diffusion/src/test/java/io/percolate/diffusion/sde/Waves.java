package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.util.stream.IntStream;

/**
 * Noise without sampling error: every row has mean 0 and variance 1, and any two are uncorrelated, all to the last
 * digit. A sampler that is linear in x and noise then gives the moments that it would give for ever more samples.
 */
final class Waves {

    private final NDManager manager;
    private final int length;
    private final double[] cosines;

    Waves(NDManager manager, int length) {
        this.manager = manager;
        this.length = length;
        cosines = IntStream.range(0, 4 * length)
                .mapToDouble(i -> Math.sqrt(2) * Math.cos(Math.PI * i / (2 * length)))
                .toArray();
    }

    /** Row {@code index} of nearly {@code length}, (1,length): a cosine or a sine. */
    NDArray at(int index) {
        if (index >= length - 2) {
            throw new IllegalArgumentException("row " + index + " of " + (length - 2));
        }
        int frequency = index / 2 + 1;
        int phase = index % 2 == 0 ? 0 : 3 * length;
        double[] values = new double[length];
        for (int j = 0; j < length; j++) {
            values[j] = cosines[(int) ((4L * frequency * j + phase) % (4L * length))];
        }
        return TorchArray.of(manager, values, new Shape(1, length));
    }
}
