package io.percolate.tests;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a process holds at a moment.
 *
 * @param arrays native arrays that some manager of DJL still knows
 * @param residentMegabytes resident memory, or 0 where the system does not tell
 */
record LiveMemory(long arrays, long residentMegabytes) {

    static LiveMemory now() {
        try (NDManager manager = TorchEngine.newManager()) {
            return new LiveMemory(arrays(manager.getParentManager()), resident());
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long arrays(NDManager manager) throws ReflectiveOperationException {
        Field resources = BaseNDManager.class.getDeclaredField("resources");
        resources.setAccessible(true);
        long count = 0;
        for (Object resource : ((Map<?, ?>) resources.get(manager)).values()) {
            count += resource instanceof NDManager child ? arrays(child) : resource instanceof NDArray ? 1 : 0;
        }
        return count;
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
