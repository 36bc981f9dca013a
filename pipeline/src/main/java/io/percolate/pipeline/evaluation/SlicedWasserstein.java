package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whether two sets of images look alike, without a network that was trained elsewhere: the sliced Wasserstein distance
 * between their patches at every scale (Karras et al. 2018, "Progressive growing of GANs", section 5).
 *
 * <p>Patches of 7x7 pixels are taken from each level of a {@linkplain LaplacianPyramid Laplacian pyramid}, and their
 * channels brought to mean 0 and deviation 1. Seen along one direction, the Wasserstein distance of two sets is the mean
 * difference of their sorted values; the directions are random, and the mean over them is the distance (Rabin et al.
 * 2011). 0 is the same distribution. What two samples of one distribution differ by depends on how many images there
 * are: measure it beside, between two halves of the real ones.
 *
 * <p>Two things differ from the paper's own program. Both sets are normalised by the first set's mean and deviation, not
 * each by its own, so that wrong colours and wrong contrast count. And patches are taken at the same places of all
 * images, so that the order of the images does not matter.
 *
 * @param patches of each image at each level
 * @param directions to look along, four times
 * @param seed of places and directions: the same seed gives the same distance
 */
public record SlicedWasserstein(int patches, int directions, long seed) {

    /** What the paper measures with: 128 patches, four times 128 directions. */
    public static final SlicedWasserstein DEFAULT = new SlicedWasserstein(128, 128, 0);

    private static final int REPEATS = 4;
    private static final int SIDE = 7;
    private static final int CHANNELS = 3;
    private static final int PATCH = CHANNELS * SIDE * SIDE;

    /** Keeps a channel without any contrast from being divided by nothing. */
    private static final double SMALLEST_DEVIATION = 1e-6;

    /**
     * The distances between two equally large sets of square images (N,3,S,S) of one size, in [-1,1].
     *
     * @param real by whose channels both are normalised
     */
    public PatchDistances between(NDArray real, NDArray other) {
        requireComparable(real.getShape(), other.getShape());
        List<Integer> sides = LaplacianPyramid.sides((int) real.getShape().get(3));
        List<Double> distances = new ArrayList<>();
        Gradients.off(() -> {
            Scope.run(() -> {
                List<NDArray> reals = LaplacianPyramid.of(real);
                List<NDArray> others = LaplacianPyramid.of(other);
                for (int level = 0; level < sides.size(); level++) {
                    distances.add(1000 * distance(reals.get(level), others.get(level)));
                }
            });
            return null;
        });
        return new PatchDistances(sides, distances);
    }

    private double distance(NDArray real, NDArray other) {
        long[] places = places((int) real.getShape().get(3));
        NDArray mean = channelMean(patches(real, places));
        NDArray centred = patches(real, places).sub(mean);
        NDArray deviation = Aten.affine(channelMean(centred.square()).sqrt(), 1, SMALLEST_DEVIATION);
        NDArray a = centred.div(deviation).reshape(-1, PATCH);
        NDArray b = patches(other, places).sub(mean).div(deviation).reshape(-1, PATCH);
        return IntStream.range(0, REPEATS)
                .mapToDouble(i -> along(directions(real.getManager(), i), a, b))
                .average()
                .orElseThrow();
    }

    /** The mean over a set's patches and their pixels: (1,3,1) of (P,3,49). */
    private static NDArray channelMean(NDArray patches) {
        return patches.mean(new int[] {2}, true).mean(new int[] {0}, true);
    }

    private static double along(NDArray directions, NDArray a, NDArray b) {
        try (NDArray distance = Scope.keep(
                () -> sorted(a, directions).sub(sorted(b, directions)).abs().mean())) {
            return distance.getFloat();
        }
    }

    private static NDArray sorted(NDArray patches, NDArray directions) {
        return patches.matMul(directions).sort(0);
    }

    /** Unit vectors (147,D). */
    private NDArray directions(NDManager manager, int repeat) {
        NDArray random =
                new RandomStream(seed + repeat).normal(manager, new Shape(PATCH, directions), DataType.FLOAT32);
        return random.div(random.square().sum(new int[] {0}, true).sqrt());
    }

    /** Where the patches begin: as many different pixels of a level as are asked for, or all there are. */
    private long[] places(int side) {
        List<Integer> all = new ArrayList<>();
        for (int y = 0; y + SIDE <= side; y++) {
            for (int x = 0; x + SIDE <= side; x++) {
                all.add(y * side + x);
            }
        }
        Collections.shuffle(all, new Random(seed));
        return all.stream().limit(patches).mapToLong(Integer::longValue).toArray();
    }

    /** The patches (P,3,49) of images (N,3,S,S) at {@code places}. */
    private static NDArray patches(NDArray level, long[] places) {
        int side = (int) level.getShape().get(3);
        long[] pixels = new long[places.length * PATCH];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % PATCH / (SIDE * SIDE);
            int within = i % (SIDE * SIDE);
            pixels[i] = places[i / PATCH] + (long) channel * side * side + within / SIDE * side + within % SIDE;
        }
        NDArray table = level.reshape(level.getShape().get(0), -1).transpose();
        NDArray picked = Aten.embedding(table, TorchArray.of(level.getManager(), pixels));
        return picked.reshape(places.length, PATCH, -1).transpose(0, 2, 1).reshape(-1, CHANNELS, SIDE * SIDE);
    }

    private static void requireComparable(Shape real, Shape other) {
        boolean square = real.dimension() == 4 && real.get(1) == CHANNELS && real.get(2) == real.get(3);
        if (!square || real.get(3) < SIDE || !real.equals(other)) {
            throw new IllegalArgumentException("images " + real + " and " + other
                    + " cannot be compared: give as many of each, square, of one size from 7x7 on");
        }
    }
}
