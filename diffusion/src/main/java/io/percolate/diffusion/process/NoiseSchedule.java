package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * The forward process q(x_t | x0): how much of an image and how much noise is left at every timestep.
 *
 * <p>Timestep 0 has the least noise. The tables are float64; arrays made from them have the element type
 * and the device of the image. Immutable.
 */
public final class NoiseSchedule {

    /** What a squared signal of zero is raised to where a finite sigma is needed. */
    private static final double LEAST_ALPHA_CUMPROD = 0x1p-24;

    private final double[] alphasCumprod;

    private NoiseSchedule(double[] alphasCumprod) {
        if (alphasCumprod.length == 0) {
            throw new IllegalArgumentException("a noise schedule needs at least one step");
        }
        this.alphasCumprod = alphasCumprod;
    }

    /** The schedule of a published or trained model, with the float32 rounding of its tables. */
    public static NoiseSchedule of(BetaSchedule betas, int steps) {
        return new NoiseSchedule(Float32.cumulativeAlphas(betas.betas(steps)));
    }

    /** The schedule of these variances, without rounding. */
    public static NoiseSchedule ofBetas(double... betas) {
        double[] products = Arrays.stream(betas).map(beta -> 1 - beta).toArray();
        Arrays.parallelPrefix(products, (a, b) -> a * b);
        return new NoiseSchedule(products);
    }

    /** Number of training timesteps T. */
    public int steps() {
        return alphasCumprod.length;
    }

    /** alphaBar_t, the product of 1 - beta up to {@code timestep} (Ho et al. 2020, eq. 4). */
    public double alphaCumprod(int timestep) {
        return alphasCumprod[timestep];
    }

    /** beta_t, the variance that step {@code timestep} adds (Ho et al. 2020, eq. 2). */
    public double beta(int timestep) {
        return 1 - alphasCumprod[timestep] / (timestep == 0 ? 1 : alphasCumprod[timestep - 1]);
    }

    /** Signal-to-noise ratio alphaBar / (1 - alphaBar). */
    public double snr(int timestep) {
        return alphasCumprod[timestep] / (1 - alphasCumprod[timestep]);
    }

    /** The noise level at {@code timestep}, sigma being linear between two timesteps of training. */
    public NoiseLevel level(double timestep) {
        int below = (int) Math.floor(timestep);
        if (timestep < 0 || timestep > steps() - 1) {
            throw new IllegalArgumentException(
                    "timestep " + timestep + " is outside 0.." + (steps() - 1) + ": ask for fewer steps");
        }
        double weight = timestep - below;
        double low = sigma(below);
        return new NoiseLevel(timestep, weight == 0 ? low : low + weight * (sigma(below + 1) - low));
    }

    /** The timestep at which the noise level is {@code sigma}, log sigma being linear between two timesteps. */
    public double timestepOf(double sigma) {
        int below = 0;
        while (below < steps() - 2 && sigma(below + 1) <= sigma) {
            below++;
        }
        double low = Math.log(sigma(below));
        double high = Math.log(sigma(below + 1));
        double weight = (Math.log(Math.max(sigma, 1e-10)) - low) / (high - low);
        return below + Math.min(1, Math.max(0, weight));
    }

    private double sigma(int timestep) {
        return Math.sqrt((1 - alphasCumprod[timestep]) / alphasCumprod[timestep]);
    }

    /** This schedule with pure noise replaced by very nearly pure noise, so that every sigma is finite. */
    public NoiseSchedule finite() {
        return new NoiseSchedule(Arrays.stream(alphasCumprod)
                .map(a -> Math.max(a, LEAST_ALPHA_CUMPROD))
                .toArray());
    }

    /**
     * Samples x_t from q(x_t | x0) = sqrt(alphaBar_t) x0 + sqrt(1 - alphaBar_t) noise (Ho et al. 2020, eq. 4).
     *
     * @param x0 images or latents (B,...)
     * @param noise standard normal, like x0
     * @param timesteps (B), whole or between two (see {@link #level})
     * @return like x0
     */
    public NDArray addNoise(NDArray x0, NDArray noise, NDArray timesteps) {
        return Mixture.of(x0, noise, timesteps, t -> new Mixture(level(t).alpha(), level(t).std()));
    }

    /** Velocity sqrt(alphaBar_t) noise - sqrt(1 - alphaBar_t) x0 (Salimans and Ho 2022, appendix D). */
    public NDArray velocity(NDArray x0, NDArray noise, NDArray timesteps) {
        return Mixture.of(noise, x0, timesteps, t -> new Mixture(level(t).alpha(), -level(t).std()));
    }

    /** One number per image: {@code table} at {@code timesteps} (B), as (B,1,...,1) in the type of {@code like}. */
    public static NDArray gather(DoubleUnaryOperator table, NDArray timesteps, NDArray like) {
        double[] values = numbers(timesteps).map(table).toArray();
        long[] shape = new long[like.getShape().dimension()];
        Arrays.fill(shape, 1);
        shape[0] = values.length;
        return Scope.keep(() -> Aten.like(TorchArray.of(like.getManager(), values, new Shape(shape)), like));
    }

    private static DoubleStream numbers(NDArray timesteps) {
        return Arrays.stream(timesteps.toArray()).mapToDouble(Number::doubleValue);
    }
}
