package io.percolate.diffusion.samplers.multistep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.percolate.diffusion.process.NoiseLevel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest arrays of a run, each with its noise level, kept beyond the step that made them.
 *
 * <p>The array of age 0 is the latest, that of age 1 the one before. An array that is pushed out is freed.
 */
public final class History implements AutoCloseable {

    private final int capacity;
    private final Deque<Entry> latestFirst = new ArrayDeque<>();

    private record Entry(NDArray array, NoiseLevel level) {}

    /** An empty history of at most {@code capacity} arrays. */
    public History(int capacity) {
        this.capacity = capacity;
    }

    /** Takes over {@code array}, made in the running step at {@code level}. */
    public void push(NDArray array, NoiseLevel level) {
        NDScope.unregister(array);
        latestFirst.addFirst(new Entry(array, level));
        if (latestFirst.size() > capacity) {
            latestFirst.removeLast().array().close();
        }
    }

    /** The array of this age. */
    public NDArray get(int age) {
        return entry(age).array();
    }

    /** The noise level of the array of this age. */
    public NoiseLevel level(int age) {
        return entry(age).level();
    }

    /** The noise levels of the latest {@code count} arrays, latest first. */
    public List<NoiseLevel> levels(int count) {
        return latestFirst.stream().limit(count).map(Entry::level).toList();
    }

    /** How many arrays are kept. */
    public int size() {
        return latestFirst.size();
    }

    private Entry entry(int age) {
        return latestFirst.stream().skip(age).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        latestFirst.forEach(entry -> entry.array().close());
    }
}
