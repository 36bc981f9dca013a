package io.percolate.nn.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;

/** The one place that names DJL's engine, and that keeps it from the network. */
public final class TorchEngine {

    static {
        stayOffline();
    }

    private TorchEngine() {}

    /**
     * The PyTorch engine: other engines on the class path (the tokenizers register one) are never used.
     *
     * @throws IllegalStateException if there are no native libraries; the message names the artifact to add
     */
    public static Engine engine() {
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException failed) {
            throw NativeLibraries.areThere()
                    ? NativeLibraries.unloadable(failed)
                    : new IllegalStateException(NativeLibraries.missing(), failed);
        }
    }

    /** A root memory manager on the CPU, for programs that have no other device; whoever asks for it closes it. */
    public static NDManager newManager() {
        return newManager(Device.cpu());
    }

    /**
     * A root memory manager on {@code device}; whoever asks for it closes it.
     *
     * @throws IllegalArgumentException if the engine does not see that device
     */
    public static NDManager newManager(Device device) {
        requireVisible(device);
        return engine().newBaseManager(device);
    }

    /** How many native arrays the process holds, weights among them. */
    public static int liveArrays() {
        try (NDManager manager = newManager(Device.cpu())) {
            return manager.getParentManager().getManagedArrays().size();
        }
    }

    static void requireVisible(Device device) {
        int gpus = device.isGpu() ? engine().getGpuCount() : 0;
        if (device.isGpu() && device.getDeviceId() >= gpus) {
            throw new IllegalArgumentException(
                    "gpu:" + device.getDeviceId() + " is not available: this build of PyTorch sees " + gpus
                            + " GPUs; use the CPU, or a build with CUDA");
        }
    }

    /**
     * Forbids DJL to download, to report, or to warn of GPUs that are not there; call it before any part of DJL that is
     * not reached from here.
     */
    public static void stayOffline() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        GpuSearch.skipWithoutDriver();
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
