package io.percolate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.TorchEngine;
import io.percolate.weights.SafeTensors;
import java.nio.file.Path;

/** Cases computed with diffusers, and how near to them is near enough. */
final class Reference {

    /** What a whole pipeline in float32 should meet. */
    static final double TOLERANCE = 1e-3;

    private Reference() {}

    static Path model(String name) {
        return Path.of(System.getProperty("percolate.testdata"), name);
    }

    /** A tensor of one of {@code model}'s files. */
    static NDArray read(NDManager manager, Path model, String file, String tensor) {
        try (SafeTensors tensors = SafeTensors.open(model.resolve(file + ".safetensors"))) {
            return tensors.read(manager, tensor);
        }
    }

    /** Every value within {@code tolerance} of the expected one, relative to the largest magnitude expected. */
    static void assertClose(NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        double error = actual.sub(expected).abs().max().getFloat();
        double scale = expected.abs().max().getFloat();
        assertThat(error / scale).as("relative error").isLessThan(tolerance);
    }

    /** Keeps noise, final latents and pixels of a generation. */
    static final class Recorder implements GenerationListener, AutoCloseable {

        private final NDManager manager = TorchEngine.newManager();
        private Kept noise;
        private Kept latents;
        private Kept pixels;

        @Override
        public void started(NDArray drawn) {
            noise = Kept.of(drawn);
        }

        @Override
        public void finished(NDArray finalLatents, NDArray image) {
            latents = Kept.of(finalLatents);
            pixels = Kept.of(image);
        }

        NDManager manager() {
            return manager;
        }

        NDArray noise() {
            return noise.array(manager);
        }

        NDArray latents() {
            return latents.array(manager);
        }

        /** In [0,1], as the reference keeps pictures. */
        NDArray image() {
            return pixels.array(manager).mul(0.5f).add(0.5f).clip(0, 1);
        }

        /** Values outlive the generation's scope. */
        private record Kept(float[] values, Shape shape) {

            static Kept of(NDArray array) {
                return new Kept(array.toFloatArray(), array.getShape());
            }

            NDArray array(NDManager manager) {
                return manager.create(values, shape);
            }
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
