package io.percolate.pipeline.cli;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.Aten;
import io.percolate.nn.Precision;
import io.percolate.pipeline.GenerationListener;
import io.percolate.weights.ElementType;
import io.percolate.weights.SafeTensors;
import java.nio.file.Path;
import java.util.Map;

/** Writes what a generation started from and what came out, and passes everything on to another listener. */
final class TensorRecorder implements GenerationListener {

    private final Path file;
    private final GenerationListener next;
    private NDArray noise;

    TensorRecorder(Path file, GenerationListener next) {
        this.file = file;
        this.next = next;
    }

    @Override
    public void started(NDArray noise) {
        this.noise = noise;
        next.started(noise);
    }

    @Override
    public void stepped(Progress progress) {
        next.stepped(progress);
    }

    @Override
    public void finished(NDArray latents, NDArray pixels) {
        SafeTensors.write(
                file,
                Map.of("latents", noise, "final_latents", float32(latents), "image", unit(float32(pixels))),
                Map.of(),
                ElementType.F32);
        next.finished(latents, pixels);
    }

    /** From [-1,1], or somewhat beyond, to [0,1]. */
    private static NDArray unit(NDArray pixels) {
        return Aten.clamp(Aten.affine(pixels, 0.5, 0.5), 0, 1);
    }

    private static NDArray float32(NDArray x) {
        return Aten.to(x, Precision.FP32);
    }
}
