package io.percolate.cli.progress;

import ai.djl.ndarray.NDArray;
import io.percolate.command.progress.Bar;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;

/** A progress bar over the steps of a generation. */
public final class GenerationBar implements GenerationListener, AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 250;

    private Bar bar;
    private long images;
    private long finished;
    private double share;

    @Override
    public void started(NDArray noise) {
        images = noise.getShape().get(0);
        bar = new Bar("generating", UPDATE_MILLISECONDS);
        show("encoding the prompt");
    }

    @Override
    public void stepped(Progress progress) {
        share = (double) progress.step() / progress.steps();
        show(
                progress.step() < progress.steps()
                        ? "step %,d of %,d".formatted(progress.step(), progress.steps())
                        : "decoding");
    }

    @Override
    public void generated(GeneratedImage image) {
        finished++;
        show("");
    }

    private void show(String doing) {
        String done = "%,d of %,d images".formatted(finished, images);
        bar.at(share, doing.isEmpty() ? done : done + ", " + doing);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
