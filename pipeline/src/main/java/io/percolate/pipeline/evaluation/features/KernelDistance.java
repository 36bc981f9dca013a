package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The kernel distance of two sets of features (Binkowski et al. 2018, section 4): the squared maximum mean discrepancy
 * with the kernel {@code (x y / D + 1)^3}, without bias, so that two samples of one distribution have 0 on average, and
 * may have less.
 *
 * <p>It is the mean over subsets of both sets. A set that is no larger than a subset is taken whole.
 *
 * @param subsets how many
 * @param size images in each
 * @param seed of the subsets: the same seed gives the same distance
 */
public record KernelDistance(int subsets, int size, long seed) {

    /** What the paper's program measures with: 100 subsets of 1000 images. */
    public static final KernelDistance DEFAULT = new KernelDistance(100, 1000, 0);

    public KernelDistance {
        if (subsets < 1 || size < 2) {
            throw new IllegalArgumentException(
                    subsets + " subsets of " + size + " images: take at least one subset of at least 2");
        }
    }

    /** The distance between features float64 (N,D) and (M,D), at least 2 of each. */
    public double between(NDArray real, NDArray other) {
        boolean whole = Math.max(count(real), count(other)) <= size;
        return Gradients.off(() -> IntStream.range(0, whole ? 1 : subsets)
                .mapToDouble(i -> ofSubsets(real, other, new Random(seed + i)))
                .average()
                .orElseThrow());
    }

    private double ofSubsets(NDArray real, NDArray other, Random random) {
        return Scope.call(() -> discrepancy(subset(real, random), subset(other, random)));
    }

    private NDArray subset(NDArray features, Random random) {
        if (count(features) <= size) {
            return features;
        }
        long[] rows = random.longs(0, count(features)).distinct().limit(size).toArray();
        return Aten.embedding(features, TorchArray.of(features.getManager(), rows));
    }

    /** Gretton et al. 2012, lemma 6: no image is compared with itself. */
    private static double discrepancy(NDArray x, NDArray y) {
        return amongOthers(x) + amongOthers(y) - 2 * kernel(x, y).mean().getDouble();
    }

    private static double amongOthers(NDArray x) {
        long count = count(x);
        NDArray lengths = cubed(x.square().sum(new int[] {1}), x.getShape().get(1));
        return kernel(x, x).sum().sub(lengths.sum()).getDouble() / (count * (count - 1));
    }

    private static NDArray kernel(NDArray x, NDArray y) {
        return cubed(x.matMul(y.transpose()), x.getShape().get(1));
    }

    private static NDArray cubed(NDArray products, long features) {
        NDArray base = Aten.affine(products, 1.0 / features, 1);
        return base.square().mul(base);
    }

    private static long count(NDArray features) {
        return features.getShape().get(0);
    }
}
