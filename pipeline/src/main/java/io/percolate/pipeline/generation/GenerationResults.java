package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.percolate.diffusion.steps.StepListener;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Collects what a generation makes, and tells its listener. */
final class GenerationResults {

    private final ResolvedRequest request;
    private final GenerationListener listener;
    private final List<NDArray> latents = new ArrayList<>();
    private final List<NDArray> pixels = new ArrayList<>();
    private final List<GeneratedImage> images = new ArrayList<>();
    private int batchCount;
    private int stepsTaken;

    GenerationResults(ResolvedRequest request, GenerationListener listener) {
        this.request = request;
        this.listener = listener;
    }

    /** Tells the listener of the noise of all batches. */
    void started(List<NDArray> noise) {
        batchCount = noise.size();
        listener.started(joined(noise));
    }

    /** Tells the listener of a step; ends the generation if the thread was interrupted. */
    void stepped(StepListener.Event event) {
        stepsTaken++;
        int steps = event.total() * batchCount;
        listener.stepped(new GenerationListener.Progress(
                stepsTaken,
                steps,
                event.step().from().timestep(),
                () -> preview(event.x0()),
                new GenerationListener.Latents(event.x(), event.x0())));
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("the generation was interrupted after step " + stepsTaken + " of " + steps);
        }
    }

    /** Keeps the final latents (B,C,h,w) of a batch for the listener. */
    void keep(NDArray batch) {
        latents.add(batch);
    }

    /** Hands over the next image, given its pixels (1,3,H,W). */
    void add(NDArray image) {
        requireFinite(image);
        pixels.add(image);
        int i = images.size();
        images.add(new GeneratedImage(
                Pixels.images(image).get(0), request.seeds(i, i + 1)[0], new GenerationMetadata(request).of(i)));
        listener.generated(images.get(i));
    }

    /** All images, after telling the listener of all latents and pixels. */
    List<GeneratedImage> finished() {
        listener.finished(joined(latents), joined(pixels));
        return images;
    }

    private void requireFinite(NDArray image) {
        if (!Float.isFinite(Aten.to(image, Precision.FP32).sum().getFloat())) {
            throw new IllegalStateException("the values of image " + (images.size() + 1)
                    + " are not numbers any more: the weights are broken, the guidance is too large, or "
                    + request.model().precision() + " is too narrow: try FP32");
        }
    }

    private List<BufferedImage> preview(NDArray x0) {
        List<BufferedImage> previews = new ArrayList<>();
        Scope.run(() -> request.model().previews().decodeEach(x0, image -> previews.addAll(Pixels.images(image))));
        return previews;
    }

    private static NDArray joined(List<NDArray> rows) {
        return NDArrays.concat(new NDList(rows));
    }
}
