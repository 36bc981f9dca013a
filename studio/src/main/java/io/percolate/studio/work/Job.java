package io.percolate.studio.work;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.generation.GeneratedImage;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Work in the queue of its model: the worker's thread tells it what happens, another thread follows it. */
public final class Job {

    private static final long IDLE_MILLISECONDS = 500;

    private final ModelChoice model;
    private final Work work;
    private final Mailbox mailbox = new Mailbox();
    private volatile boolean cancelled;
    private volatile JobProgress progress = JobProgress.NONE;
    private volatile List<BufferedImage> previews = List.of();
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile int images;

    Job(ModelChoice model, Work work) {
        this.model = model;
        this.work = work;
    }

    ModelChoice model() {
        return model;
    }

    Work work() {
        return work;
    }

    /** Whether one generation can do what both are for, and both are wanted. */
    boolean joins(Job other) {
        Optional<GenerationWork> theirs = other.work.single();
        return !cancelled
                && !other.cancelled
                && model.equals(other.model)
                && theirs.isPresent()
                && work.single().filter(own -> own.joins(theirs.get())).isPresent();
    }

    /** Ends it before its next step; what waits is never begun. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether somebody cancelled it. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Throws if somebody cancelled it. */
    public void requireWanted() {
        if (cancelled) {
            throw new CancelledException("the generation was cancelled");
        }
    }

    /** The latest progress. */
    public JobProgress progress() {
        return progress;
    }

    /** The latest previews; none before the first. */
    public List<BufferedImage> previews() {
        return previews;
    }

    /** Tells of a step; throws if the job is cancelled. */
    public void stepped(JobProgress now) {
        progressed(now);
        requireWanted();
    }

    /** Tells of a step, whether or not the job is cancelled. */
    void progressed(JobProgress now) {
        progress = now;
        mailbox.offer(listener -> listener.stepped(now));
    }

    /** Tells of previews. */
    public void previewed(List<BufferedImage> now) {
        previews = now;
        mailbox.offer(listener -> listener.previewed(now));
    }

    /** Tells of a finished image. */
    public void generated(GeneratedImage image) {
        int index = images;
        images = index + 1;
        mailbox.put(listener -> listener.generated(index, image));
    }

    /** Tells of a moment of the chain. */
    public void explained(ChainFrame frame) {
        mailbox.put(listener -> listener.explained(frame));
        requireWanted();
    }

    /** How many images are finished. */
    int images() {
        return images;
    }

    void ended(Optional<Throwable> why) {
        failure = why;
        mailbox.close();
    }

    /**
     * Hands everything to {@code listener} until the job ends; if the listener fails, the job is cancelled.
     *
     * @param position where the job is in its queue
     * @return why it failed, if it did
     */
    Optional<Throwable> follow(JobListener listener, Function<Job, Integer> position) {
        boolean complete = false;
        try {
            listener.waiting(position.apply(this));
            while (!mailbox.isDone()) {
                mailbox.poll(IDLE_MILLISECONDS)
                        .ifPresentOrElse(
                                letter -> letter.accept(listener), () -> listener.waiting(position.apply(this)));
            }
            complete = true;
            return failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the request was interrupted");
        } finally {
            cancelled |= !complete;
        }
    }
}
