package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/**
 * The variational bound on the negative log-likelihood of 8-bit pixels or of latents, in bits per dimension (Ho et al.
 * 2020, eq. 5; Nichol and Dhariwal 2021, section 3).
 *
 * <p>The bound of an image is the {@link #prior} plus the {@link #term} of every timestep. Pixels are in
 * [-1, 1]; the network's clean images should be clipped to that range ({@link DenoisedPredictor#clipped}).
 *
 * @param schedule the noise schedule
 * @param variance the variance of the network's steps back
 * @param data what is bounded: the probability of pixels, or the density of latents, which may exceed 1
 */
public record VariationalBound(NoiseSchedule schedule, Variance variance, DataLikelihood data) {

    private static final double BITS = 1 / Math.log(2);

    /** The bound of 8-bit pixels. */
    public static VariationalBound ofPixels(NoiseSchedule schedule, Variance variance) {
        return new VariationalBound(schedule, variance, DataLikelihood.PIXELS);
    }

    /**
     * One timestep's share of the bound and the network's errors at it, each (B).
     *
     * @param bits bits per dimension
     * @param x0Error mean squared error of the clean image
     * @param noiseError mean squared error of the noise that the clean image implies
     */
    public record Term(NDArray bits, NDArray x0Error, NDArray noiseError) implements AutoCloseable {
        @Override
        public void close() {
            bits.close();
            x0Error.close();
            noiseError.close();
        }
    }

    /**
     * The bound's term at one timestep: the divergence of the network's step back from the true one, and at
     * timestep 0 the negative log-likelihood of the data.
     *
     * @param model the network
     * @param x0 pixels or latents (B,...)
     * @param noise standard normal, like x0
     */
    public Term term(DenoisedPredictor model, NDArray x0, NDArray noise, int timestep) {
        NoiseLevel level = schedule.level(timestep);
        try (NDArray prediction = predict(model, x0, noise, level)) {
            NDArray x0Error = meanSquare(prediction, x0);
            NDArray bits = timestep == 0 ? distortion(x0, prediction) : divergence(x0Error, timestep);
            double noiseScale = level.sigma() * level.sigma();
            return new Term(bits, x0Error, Scope.keep(() -> Aten.scale(x0Error, 1 / noiseScale)));
        }
    }

    /** Divergence of q(x_T | x0) from the standard normal prior (B): what the forward process leaves of the image. */
    public NDArray prior(NDArray x0) {
        NoiseLevel level = schedule.level(schedule.steps() - 1);
        double variance = level.std() * level.std();
        double constant = 0.5 * (variance - 1 - Math.log(variance)) * BITS;
        return Scope.keep(() -> {
            NDArray mean = Aten.scale(x0, level.alpha());
            return Aten.affine(meanSquare(mean, mean.zerosLike()), 0.5 * BITS, constant);
        });
    }

    private static NDArray predict(DenoisedPredictor model, NDArray x0, NDArray noise, NoiseLevel level) {
        return Scope.keep(() -> {
            NDArray noisy = Aten.axpby(level.alpha(), x0, level.std(), noise);
            return model.predict(noisy, level).x0();
        });
    }

    /** Both steps back are Gaussian with means x0Factor apart for each unit of the clean images' difference. */
    private NDArray divergence(NDArray x0Error, int timestep) {
        GaussianPosterior posterior = posterior(timestep);
        double ratio = Math.log(modelVariance(timestep) / posterior.variance());
        double constant = 0.5 * (ratio - 1 + Math.exp(-ratio)) * BITS;
        double scale = 0.5 * posterior.x0Factor() * posterior.x0Factor() / modelVariance(timestep) * BITS;
        return Scope.keep(() -> Aten.affine(x0Error, scale, constant));
    }

    private NDArray distortion(NDArray x0, NDArray mean) {
        return Scope.keep(() -> {
            NDArray likelihood = data.log(x0, mean, Math.sqrt(modelVariance(0)));
            return Aten.scale(rows(likelihood).mean(new int[] {1}), -BITS);
        });
    }

    private double modelVariance(int timestep) {
        return timestep == 0 ? data.variance(schedule) : variance.of(posterior(timestep));
    }

    private GaussianPosterior posterior(int timestep) {
        NoiseLevel before = timestep == 0 ? NoiseLevel.CLEAN : schedule.level(timestep - 1);
        return GaussianPosterior.between(schedule.level(timestep), before);
    }

    private static NDArray meanSquare(NDArray a, NDArray b) {
        return Scope.keep(() -> rows(a.sub(b).square()).mean(new int[] {1}));
    }

    private static NDArray rows(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }
}
