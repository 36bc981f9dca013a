package io.percolate.diffusion.samplers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayDeque;
import java.util.Deque;

/** The latest arrays of a run, kept beyond the step that made them; older ones are freed. */
final class History implements AutoCloseable {

    private final int capacity;
    private final Deque<NDArray> latestFirst = new ArrayDeque<>();

    History(int capacity) {
        this.capacity = capacity;
    }

    /** Takes over {@code array}, made in the running step. */
    NDArray push(NDArray array) {
        NDScope.unregister(array);
        latestFirst.addFirst(array);
        if (latestFirst.size() > capacity) {
            latestFirst.removeLast().close();
        }
        return array;
    }

    /** The array pushed {@code age} pushes before the latest. */
    NDArray get(int age) {
        return latestFirst.stream().skip(age).findFirst().orElseThrow();
    }

    int size() {
        return latestFirst.size();
    }

    @Override
    public void close() {
        latestFirst.forEach(NDArray::close);
    }
}
