package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;

/** Two listeners as one. */
record ListenerPair(GenerationListener first, GenerationListener second) implements GenerationListener {

    @Override
    public void started(NDArray noise) {
        first.started(noise);
        second.started(noise);
    }

    @Override
    public void stepped(Progress progress) {
        first.stepped(progress);
        second.stepped(progress);
    }

    @Override
    public void generated(GeneratedImage image) {
        first.generated(image);
        second.generated(image);
    }

    @Override
    public void finished(NDArray latents, NDArray pixels) {
        first.finished(latents, pixels);
        second.finished(latents, pixels);
    }
}
