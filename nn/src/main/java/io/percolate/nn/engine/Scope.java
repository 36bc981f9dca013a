package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.function.Supplier;

/**
 * Frees what a computation makes, except its result.
 *
 * <pre>{@code NDArray h = Scope.keep(() -> activation(x.add(y)).mul(z)); // only h is left}</pre>
 *
 * Scopes nest: the result belongs to the scope around, or to its manager if there is none. With
 * gradients on, closing an intermediate only drops the Java handle; autograd keeps what it needs. The exception
 * is memory of Java's, which goes with its handle: take numbers to the engine by {@link TorchArray}, and a single
 * one by {@link Aten#scale} and {@link Aten#affine}, never by {@code NDManager.create} or {@code x.mul(2)}.
 */
public final class Scope implements AutoCloseable {

    private final NDScope arrays = new NDScope();

    private Scope() {}

    /** Opens a scope on this thread: until it is closed, every array made here belongs to it. */
    public static Scope open() {
        return new Scope();
    }

    /** Runs {@code body} in a scope of its own and hands its result to the scope around. */
    public static NDArray keep(Supplier<NDArray> body) {
        NDArray result;
        try (Scope scope = open()) {
            result = scope.release(body.get());
        }
        NDScope.register(result);
        return result;
    }

    /** Runs {@code body} in a scope of its own and hands all its results to the scope around. */
    public static List<NDArray> keepAll(Supplier<List<NDArray>> body) {
        List<NDArray> results;
        try (Scope scope = open()) {
            results = body.get();
            results.forEach(scope::release);
        }
        results.forEach(NDScope::register);
        return results;
    }

    /** Runs {@code body} and frees every array it made. */
    public static void run(Runnable body) {
        try (Scope scope = open()) {
            scope.arrays.suppressNotUsedWarning();
            body.run();
        }
    }

    /** Runs {@code body}, which gives no array, and frees every array it made. */
    public static <T> T call(Supplier<T> body) {
        try (Scope scope = open()) {
            scope.arrays.suppressNotUsedWarning();
            return body.get();
        }
    }

    /** Takes {@code array} out of the innermost scope: it now lives until its manager closes. */
    public NDArray release(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    @Override
    public void close() {
        arrays.close();
    }
}
