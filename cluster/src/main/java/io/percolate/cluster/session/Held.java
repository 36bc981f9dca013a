package io.percolate.cluster.session;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an executor process keeps between its tasks, such as a model: opened by the first task that needs it, and closed
 * when a task needs another one. Kept in a static field, so that a process has one, whatever the number of its tasks.
 *
 * @param <K> what tells one from another, with {@code equals}
 * @param <V> what is kept
 */
public final class Held<K, V> {

    private final Function<K, V> opener;
    private final Consumer<V> closer;
    private @Nullable K key;
    private @Nullable V value;

    /** Nothing yet; {@code opener} makes one, {@code closer} frees it. */
    public Held(Function<K, V> opener, Consumer<V> closer) {
        this.opener = opener;
        this.closer = closer;
    }

    /** The one of {@code wanted}; it stays this process's. */
    public synchronized V get(K wanted) {
        if (value == null || !wanted.equals(key)) {
            close();
            value = opener.apply(wanted);
            key = wanted;
        }
        return Objects.requireNonNull(value);
    }

    private void close() {
        V closed = value;
        value = null;
        key = null;
        if (closed != null) {
            closer.accept(closed);
        }
    }
}
