package io.percolate.diffusion.process;

/**
 * Tables in the float32 arithmetic of the tools that publish models, held as doubles.
 *
 * <p>The last digits matter: one float32 rounding of {@code 1 - alphaCumprod[0]} moves the smallest noise
 * level by one part in ten thousand.
 */
final class Float32 {

    private Float32() {}

    /** {@code count} evenly spaced values, as {@code torch.linspace} gives them: counted from the nearer end. */
    static double[] linspace(double start, double end, int count) {
        double[] values = new double[count];
        float first = (float) start;
        float last = (float) end;
        float step = count == 1 ? 0 : (last - first) / (count - 1);
        for (int i = 0; i < count; i++) {
            values[i] = i < count / 2 || count == 1 ? Math.fma(step, i, first) : Math.fma(-step, count - 1 - i, last);
        }
        return values;
    }

    /** {@code prod (1 - beta)} up to each index: accumulated in double, stored in float32. */
    static double[] cumulativeAlphas(double[] betas) {
        double[] products = new double[betas.length];
        double product = 1;
        for (int t = 0; t < betas.length; t++) {
            product *= 1f - (float) betas[t];
            products[t] = (float) product;
        }
        return products;
    }
}
