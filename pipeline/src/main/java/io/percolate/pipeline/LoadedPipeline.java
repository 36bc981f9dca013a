package io.percolate.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.Generation;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.EngineMemory;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.ModelDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A pipeline of a model in memory: many generations at a time, and none while it closes. */
final class LoadedPipeline implements Pipeline {

    private static final String LESS =
            "ask for smaller images or fewer at once, or load the model with offload, or in bf16 or fp16";

    private final DiffusionModel model;
    private final ReentrantReadWriteLock uses = new ReentrantReadWriteLock();
    private boolean closed;

    LoadedPipeline(DiffusionModel model) {
        this.model = model;
    }

    @Override
    public ModelDefaults defaults() {
        return model.defaults();
    }

    @Override
    public boolean takesText() {
        return model.text().isPresent();
    }

    @Override
    public Device device() {
        return model.manager().getDevice();
    }

    @Override
    public ImageCodec codec() {
        return model.codec();
    }

    @Override
    public List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(listener, "listener");
        uses.readLock().lock();
        try {
            requireOpen();
            return EngineMemory.guard(LESS, () -> generated(request, listener));
        } finally {
            uses.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this pipeline is closed: load the model again");
        }
    }

    private List<GeneratedImage> generated(GenerationRequest request, GenerationListener listener) {
        return Gradients.off(() -> {
            List<GeneratedImage> images = new ArrayList<>();
            try (NDManager manager = model.manager().newSubManager()) {
                Scope.run(() -> images.addAll(new Generation(model, request, listener, manager).run()));
            }
            return images;
        });
    }

    @Override
    public void close() {
        if (uses.getReadHoldCount() > 0) {
            throw new IllegalStateException("a listener cannot close what it watches: cancel, and close afterwards");
        }
        uses.writeLock().lock();
        try {
            closed = true;
            model.close();
        } finally {
            uses.writeLock().unlock();
        }
    }
}
