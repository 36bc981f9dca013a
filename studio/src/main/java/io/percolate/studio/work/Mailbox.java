package io.percolate.studio.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Between a worker and whoever follows its job: the worker never waits. What would soon be out of date is left out while
 * too much lies unread.
 */
final class Mailbox {

    private static final int UNREAD = 4;

    private final Deque<Consumer<JobListener>> letters = new ArrayDeque<>();
    private boolean closed;

    /** Takes what is left out if too much is unread. */
    synchronized void offer(Consumer<JobListener> letter) {
        if (letters.size() < UNREAD) {
            put(letter);
        }
    }

    synchronized void put(Consumer<JobListener> letter) {
        letters.add(letter);
        notifyAll();
    }

    /** Says that nothing more comes. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Whether everything is read, and nothing more comes. */
    synchronized boolean isDone() {
        return closed && letters.isEmpty();
    }

    /** The next letter, waiting for up to {@code milliseconds}. */
    synchronized Optional<Consumer<JobListener>> poll(long milliseconds) throws InterruptedException {
        if (letters.isEmpty() && !closed) {
            wait(milliseconds);
        }
        return Optional.ofNullable(letters.poll());
    }
}
