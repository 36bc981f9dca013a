package io.percolate.nn.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network that was saved as TorchScript. Its weights do not train; gradients pass through it to its input. The file is
 * a program: open none of unknown origin. Thread-safe.
 */
public final class TorchScript implements AutoCloseable {

    private final NDManager manager;
    private final ScriptModule module;

    private TorchScript(NDManager manager, ScriptModule module) {
        this.manager = manager;
        this.module = module;
    }

    /**
     * Loads {@code file} to the device of {@code owner}, which frees it at the latest.
     *
     * @throws IllegalArgumentException if there is no such file, or it is no TorchScript
     */
    public static TorchScript open(Path file, NDManager owner) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is not there: give the path of a TorchScript file");
        }
        NDManager manager = owner.newSubManager();
        try {
            return new TorchScript(manager, new ScriptModule(file, manager));
        } catch (EngineException failed) {
            manager.close();
            throw new IllegalArgumentException(file + " is no TorchScript file: " + failed.getMessage(), failed);
        }
    }

    /**
     * Calls {@code forward}, which returns one tensor, owned as {@code x} is.
     *
     * @param x the first argument
     * @param rest arrays, {@code long}, {@code double}, {@code boolean} or {@code long[]}
     */
    public NDArray forward(NDArray x, Object... rest) {
        return module.call("forward", x, rest);
    }

    @Override
    public void close() {
        manager.close();
    }
}
