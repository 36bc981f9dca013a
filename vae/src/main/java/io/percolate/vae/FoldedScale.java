package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import io.percolate.vae.VaeConfig.LatentConvs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * An autoencoder's per-channel mean m and standard deviation s, moved from its config into the 1x1 convolutions on both
 * sides of the latents.
 *
 * <p>{@code quant_conv} then gives (mean - m) / s and logvar - 2 log s, and {@code post_quant_conv} takes z to what it
 * made of s z + m before. In real numbers nothing changes but where the latents are scaled, except that the limits of
 * log-variances, which none reaches, move by 2 log s. It matters since few pipelines read {@code latents_mean}, and some
 * only for four channels, but all of them multiply by {@code scaling_factor}.
 *
 * @param original the shape before; nothing is moved if it does not tell channels apart
 */
record FoldedScale(VaeConfig original) {

    static final String QUANT = "quant_conv.";
    static final String POST_QUANT = "post_quant_conv.";
    private static final Set<String> FOLDED =
            Set.of(QUANT + "weight", QUANT + "bias", POST_QUANT + "weight", POST_QUANT + "bias");

    /** The shape after: both convolutions, and one factor for all channels. */
    VaeConfig config() {
        return isPerChannel()
                ? original.withLatentConvs(LatentConvs.BOTH)
                        .withLatentScale(LatentScale.of(original.latentScale().factor()))
                : original;
    }

    /** Whether the tensor called {@code name} is another one than before. */
    boolean changes(String name) {
        return isPerChannel() && FOLDED.contains(name);
    }

    /** All tensors, the four of the convolutions replaced, or added where there were none. */
    Map<String, NDArray> tensors(Map<String, NDArray> before) {
        Map<String, NDArray> after = new LinkedHashMap<>(before);
        if (isPerChannel()) {
            Conv conv = new Conv(after, before.values().iterator().next().getManager());
            foldQuantConv(conv);
            foldPostQuantConv(conv);
        }
        return after;
    }

    private boolean isPerChannel() {
        return original.latentScale().isPerChannel();
    }

    /** Its first E rows are the means, the others the log-variances. */
    private void foldQuantConv(Conv conv) {
        int channels = original.latentChannels();
        double[] rest = new double[channels];
        NDArray mean = conv.numbers(means(), rest);
        NDArray std = conv.numbers(stds(), DoubleStream.of(rest).map(x -> 1).toArray());
        NDArray logVariance = conv.numbers(
                rest, DoubleStream.of(stds()).map(s -> 2 * Math.log(s)).toArray());
        NDArray bias = conv.bias(QUANT, 2 * channels).sub(mean).div(std).sub(logVariance);
        conv.set(QUANT, conv.weight(QUANT, 2 * channels).div(std.reshape(-1, 1, 1, 1)), bias);
    }

    private void foldPostQuantConv(Conv conv) {
        int channels = original.latentChannels();
        NDArray weight = conv.weight(POST_QUANT, channels);
        NDArray shift = weight.mul(conv.numbers(means()).reshape(1, -1, 1, 1)).sum(new int[] {1, 2, 3});
        conv.set(
                POST_QUANT,
                weight.mul(conv.numbers(stds()).reshape(1, -1, 1, 1)),
                conv.bias(POST_QUANT, channels).add(shift));
    }

    private double[] means() {
        return array(original.latentScale().mean());
    }

    private double[] stds() {
        return array(original.latentScale().std());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The convolutions among {@code tensors}, read as float64 and written as float32; an absent one changes nothing. */
    record Conv(Map<String, NDArray> tensors, NDManager manager) {

        NDArray weight(String conv, int size) {
            NDArray weight = tensors.get(conv + "weight");
            return weight == null ? identity(size) : weight.toType(DataType.FLOAT64, true);
        }

        NDArray bias(String conv, int size) {
            NDArray bias = tensors.get(conv + "bias");
            return bias == null ? numbers(new double[size]) : bias.toType(DataType.FLOAT64, true);
        }

        void set(String conv, NDArray weight, NDArray bias) {
            tensors.put(conv + "weight", weight.toType(DataType.FLOAT32, false));
            tensors.put(conv + "bias", bias.toType(DataType.FLOAT32, false));
        }

        NDArray numbers(double[]... parts) {
            double[] all = Stream.of(parts).flatMapToDouble(DoubleStream::of).toArray();
            return TorchArray.of(manager, all, new Shape(all.length));
        }

        private NDArray identity(int size) {
            double[] weight = new double[size * size];
            for (int i = 0; i < size; i++) {
                weight[i * size + i] = 1;
            }
            return TorchArray.of(manager, weight, new Shape(size, size, 1, 1));
        }
    }
}
