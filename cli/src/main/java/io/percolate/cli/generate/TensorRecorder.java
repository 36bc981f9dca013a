package io.percolate.cli.generate;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.Map;

/** Writes what a generation started from and what came out. */
final class TensorRecorder implements GenerationListener {

    private final Path file;
    private NDArray noise;

    TensorRecorder(Path file) {
        this.file = file;
    }

    @Override
    public void started(NDArray noise) {
        this.noise = noise;
    }

    @Override
    public void finished(NDArray latents, NDArray pixels) {
        SafeTensors.write(
                file,
                Map.of("latents", noise, "final_latents", float32(latents), "image", unit(float32(pixels))),
                Map.of(),
                ElementType.F32);
    }

    /** From [-1,1], or somewhat beyond, to [0,1]. */
    private static NDArray unit(NDArray pixels) {
        return Aten.clamp(Aten.affine(pixels, 0.5, 0.5), 0, 1);
    }

    private static NDArray float32(NDArray x) {
        return Aten.to(x, Precision.FP32);
    }
}
