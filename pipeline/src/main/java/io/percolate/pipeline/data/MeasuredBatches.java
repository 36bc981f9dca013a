package io.percolate.pipeline.data;

import ai.djl.ndarray.NDManager;

/** Batches, the place in the data where they are, and the time that whoever asks for them waits. */
public final class MeasuredBatches implements Batches {

    private final Batches batches;
    private Position position;
    private long waited;

    /**
     * These batches, which it closes.
     *
     * @param start where the first of them is from
     */
    public MeasuredBatches(Batches batches, Position start) {
        this.batches = batches;
        position = start;
    }

    @Override
    public Batch next(NDManager manager) {
        long begin = System.nanoTime();
        Batch batch = batches.next(manager);
        waited += System.nanoTime() - begin;
        position = batch.next();
        return batch;
    }

    /** Where the next batch is from. */
    public Position position() {
        return position;
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
