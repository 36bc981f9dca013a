package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.process.DataLikelihood;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.vae.AutoencoderKl;

/** What a model gives probabilities to, and in which unit they are told. */
sealed interface DataSpace {

    /** The space of a model with this codec. */
    static DataSpace of(ImageCodec codec) {
        return codec.autoencoder().<DataSpace>map(Latents::new).orElseGet(() -> pixels(codec));
    }

    private static DataSpace pixels(ImageCodec codec) {
        if (codec.factor() != 1) {
            throw new IllegalArgumentException("a tiny autoencoder has no posterior, which likelihoods are measured on:"
                    + " open the model with its own");
        }
        return new Pixels();
    }

    /** Pixels (B,3,H,W) as the model is trained on them: latents are a sample of the posterior, one stream an image. */
    NDArray encode(NDArray pixels, RandomStream random);

    /** The same as numbers with a density: pixels are spread over the width of their level. */
    NDArray continuous(NDArray encoded, RandomStream random);

    /** How likely data are given the model's last prediction. */
    DataLikelihood likelihood();

    /** The unit, per dimension. */
    String unit();

    /** What is told for so many bits per dimension. */
    double fromBits(double bits);

    /** What is told for a log-density of so many nats per dimension. */
    double fromLogDensity(double nats);

    /** Pixels in bits. */
    record Pixels() implements DataSpace {

        private static final double LEVELS = 256;

        /** Half the width of [-1, 1]: in it are as many levels as log2 says bits are added. */
        private static final double HALF = LEVELS / 2;

        @Override
        public NDArray encode(NDArray pixels, RandomStream random) {
            return pixels.duplicate();
        }

        /** Level k becomes (k + u) / 128 - 1 with u in [0, 1), whose density bounds the probability (Theis et al. 2016). */
        @Override
        public NDArray continuous(NDArray encoded, RandomStream random) {
            return Scope.keep(() -> {
                NDArray levels =
                        Aten.affine(encoded, (LEVELS - 1) / 2, (LEVELS - 1) / 2).round();
                NDArray spread = random.uniform(encoded.getManager(), encoded.getShape());
                return Aten.affine(levels.add(spread), 1 / HALF, -1);
            });
        }

        @Override
        public DataLikelihood likelihood() {
            return DataLikelihood.PIXELS;
        }

        @Override
        public String unit() {
            return "bits per dimension";
        }

        @Override
        public double fromBits(double bits) {
            return bits;
        }

        @Override
        public double fromLogDensity(double nats) {
            return (Math.log(HALF) - nats) / Math.log(2);
        }
    }

    /**
     * Latents of unit variance in nats.
     *
     * @param vae the autoencoder
     */
    record Latents(AutoencoderKl vae) implements DataSpace {

        @Override
        public NDArray encode(NDArray pixels, RandomStream random) {
            return Scope.keep(() -> {
                NDArray noise = random.normal(
                        pixels.getManager(),
                        vae.config()
                                .latentShape(
                                        pixels.getShape().get(0),
                                        pixels.getShape().get(2),
                                        pixels.getShape().get(3)),
                        DataType.FLOAT32);
                return vae.encodeScaled(pixels, noise);
            });
        }

        @Override
        public NDArray continuous(NDArray encoded, RandomStream random) {
            return encoded.duplicate();
        }

        @Override
        public DataLikelihood likelihood() {
            return DataLikelihood.DENSITY;
        }

        @Override
        public String unit() {
            return "nats per latent dimension";
        }

        @Override
        public double fromBits(double bits) {
            return bits * Math.log(2);
        }

        @Override
        public double fromLogDensity(double nats) {
            return -nats;
        }
    }
}
