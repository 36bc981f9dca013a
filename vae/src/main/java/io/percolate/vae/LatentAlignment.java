package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.vae.FoldedScale.Conv;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The linear map that takes the latents of one autoencoder as near as can be to those that another has for the same
 * images, so that a denoiser of the other's latents has little to learn anew.
 *
 * <p>With x and y the means of both posteriors at a place, it is y = W x + b of least squares over all places added. Each
 * row is then widened until its latents vary as much as those of the other. W goes into {@code quant_conv}, its inverse
 * into {@code post_quant_conv}: what is decoded stays the same. Posteriors become as narrow as they may be, since the
 * turned ones would no longer be independent from channel to channel: a sample is the mean. Not thread-safe.
 */
public final class LatentAlignment {

    private static final double NARROWEST = -30;

    private final int channels;

    /** Sums of the products of (x, 1, y) with itself, float64 and row-major. */
    private final double[] sums;

    /** Of latents of {@code channels} channels, of either autoencoder. */
    public LatentAlignment(int channels) {
        this.channels = channels;
        sums = new double[width() * width()];
    }

    private int width() {
        return 2 * channels + 1;
    }

    /**
     * Takes latents of the same images into account.
     *
     * @param own means (B,E,h,w) of the autoencoder that is to be aligned, not scaled
     * @param others the same of the other one, of unit variance
     * @throws IllegalArgumentException if the shapes differ
     */
    public void add(NDArray own, NDArray others) {
        if (own.getShape().get(1) != channels || !own.getShape().equals(others.getShape())) {
            throw new IllegalArgumentException("latents " + own.getShape() + " and " + others.getShape()
                    + " cannot be aligned: both autoencoders must make as many, of " + channels + " channels");
        }
        double[] products = Gradients.off(() -> Scope.call(() -> {
            NDArray x = rows(own);
            NDArray one = x.getManager().ones(new Shape(x.getShape().get(0), 1), DataType.FLOAT64);
            NDArray all = NDArrays.concat(new NDList(x, one, rows(others)), 1);
            return all.transpose().matMul(all).toDoubleArray();
        }));
        for (int i = 0; i < sums.length; i++) {
            sums[i] += products[i];
        }
    }

    private static NDArray rows(NDArray latents) {
        long channels = latents.getShape().get(1);
        return latents.transpose(0, 2, 3, 1).reshape(-1, channels).toType(DataType.FLOAT64, false);
    }

    /** The shape of an aligned autoencoder: latents are those of the other as they are, with both 1x1 convolutions. */
    VaeConfig config(VaeConfig before) {
        return before.withLatentConvs(VaeConfig.LatentConvs.BOTH).withLatentScale(LatentScale.of(1));
    }

    /** The tensors of an aligned autoencoder, made of those before. */
    Map<String, NDArray> tensors(Map<String, NDArray> before) {
        Map<String, NDArray> after = new LinkedHashMap<>(before);
        NDManager manager = before.values().iterator().next().getManager();
        AffineMap map = map(manager);
        Conv conv = new Conv(after, manager);
        turn(conv, map);
        turnBack(conv, map);
        return after;
    }

    /** The means become W x + b, and the log-variances the smallest there is. */
    private void turn(Conv conv, AffineMap map) {
        NDArray weight = conv.weight(FoldedScale.QUANT, 2 * channels).reshape(2, channels, 2 * channels);
        NDArray bias = conv.bias(FoldedScale.QUANT, 2 * channels).reshape(2, channels);
        NDArray means = map.matrix.matMul(weight.get(0));
        NDArray narrow = conv.numbers(
                DoubleStream.generate(() -> NARROWEST).limit(channels).toArray());
        conv.set(
                FoldedScale.QUANT,
                means.concat(means.zerosLike(), 0).reshape(2 * channels, 2 * channels, 1, 1),
                map.matrix.matMul(bias.get(0)).add(map.shift).concat(narrow, 0));
    }

    /** A latent y is first taken to x, of which it came. */
    private void turnBack(Conv conv, AffineMap map) {
        NDArray weight = conv.weight(FoldedScale.POST_QUANT, channels)
                .reshape(channels, channels)
                .matMul(map.matrix.inverse());
        NDArray bias = conv.bias(FoldedScale.POST_QUANT, channels);
        conv.set(FoldedScale.POST_QUANT, weight.reshape(channels, channels, 1, 1), bias.sub(weight.matMul(map.shift)));
    }

    /**
     * y = W x + b, float64.
     *
     * @param matrix W (E,E)
     * @param shift b (E)
     */
    private record AffineMap(NDArray matrix, NDArray shift) {}

    private AffineMap map(NDManager manager) {
        NDArray all = TorchArray.of(manager, sums, new Shape(width(), width()));
        NDArray squares = all.get(new NDIndex("0:{}, 0:{}", channels + 1, channels + 1));
        NDArray products = all.get(new NDIndex("0:{}, {}:", channels + 1, channels + 1));
        NDArray leastSquares = squares.inverse().matMul(products);
        double[] fitted = leastSquares
                .mul(squares.matMul(leastSquares))
                .sum(new int[] {0})
                .toDoubleArray();
        NDArray matrix = leastSquares
                .get(new NDIndex("0:{}", channels))
                .mul(TorchArray.of(manager, widening(fitted), new Shape(1, channels)))
                .transpose();
        NDArray shift = means(manager, channels + 1).sub(matrix.matMul(means(manager, 0)));
        return new AffineMap(matrix, shift);
    }

    /** How much wider each of y varies than what was fitted to it, of which {@code squares} are the sums of squares. */
    private double[] widening(double[] squares) {
        return IntStream.range(0, channels)
                .mapToDouble(i -> {
                    int y = channels + 1 + i;
                    double mean = mean(y);
                    double whole = sums[y * width() + y] / count() - mean * mean;
                    return Math.sqrt(whole / (squares[i] / count() - mean * mean));
                })
                .toArray();
    }

    /** The means of the {@code channels} numbers of (x, 1, y) from number {@code first} on. */
    private NDArray means(NDManager manager, int first) {
        return TorchArray.of(
                manager,
                IntStream.range(first, first + channels).mapToDouble(this::mean).toArray(),
                new Shape(channels));
    }

    private double mean(int number) {
        return sums[channels * width() + number] / count();
    }

    private double count() {
        return sums[channels * width() + channels];
    }
}
