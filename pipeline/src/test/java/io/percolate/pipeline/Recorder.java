package io.percolate.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.generation.GenerationListener;

/** Keeps noise, final latents and pixels of a generation. */
public final class Recorder implements GenerationListener, AutoCloseable {

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
