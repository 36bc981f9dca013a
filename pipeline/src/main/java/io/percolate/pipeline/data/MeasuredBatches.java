package io.percolate.pipeline.data;

import ai.djl.ndarray.NDManager;

/** Batches, and the time that whoever asks for them waits. */
public final class MeasuredBatches implements Batches {

    private final Batches batches;
    private long waited;

    /** These batches, which it closes. */
    public MeasuredBatches(Batches batches) {
        this.batches = batches;
    }

    @Override
    public Batch next(NDManager manager) {
        long begin = System.nanoTime();
        Batch batch = batches.next(manager);
        waited += System.nanoTime() - begin;
        return batch;
    }

    /** Seconds in {@link #next} so far. */
    public double waitedSeconds() {
        return waited / 1e9;
    }

    @Override
    public void close() {
        batches.close();
    }
}
