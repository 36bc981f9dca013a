package io.percolate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;

/** Cases computed with diffusers, and how near to them is near enough. */
public final class Reference {

    /** What a whole pipeline in float32 should meet. */
    public static final double TOLERANCE = 1e-3;

    private Reference() {}

    public static Path model(String name) {
        return Path.of(System.getProperty("percolate.testdata"), name);
    }

    /** A tensor of one of {@code model}'s files. */
    public static NDArray read(NDManager manager, Path model, String file, String tensor) {
        try (SafeTensors tensors = SafeTensors.open(model.resolve(file + ".safetensors"))) {
            return tensors.read(manager, tensor);
        }
    }

    /** Every value within {@code tolerance} of the expected one, relative to the largest magnitude expected. */
    public static void assertClose(NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        double error = actual.sub(expected).abs().max().getFloat();
        double scale = expected.abs().max().getFloat();
        assertThat(error / scale).as("relative error").isLessThan(tolerance);
    }

    /** Keeps noise, final latents and pixels of a generation. */
    public static final class Recorder implements GenerationListener, AutoCloseable {

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

        public NDManager manager() {
            return manager;
        }

        public NDArray noise() {
            return noise.array(manager);
        }

        public NDArray latents() {
            return latents.array(manager);
        }

        /** In [0,1], as the reference keeps images. */
        public NDArray image() {
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
