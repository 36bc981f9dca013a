package io.percolate.nn.engine;

import ai.djl.Device;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where arrays are and are computed, as people name it. A name may be of another machine: the engine is not asked before
 * {@link #available}.
 *
 * @param gpu the number of the GPU, from 0; empty for the CPU
 */
public record ComputeDevice(OptionalInt gpu) {

    /** The processor. */
    public static final ComputeDevice CPU = new ComputeDevice(OptionalInt.empty());

    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

    /**
     * The device {@code name}: {@code cpu}, {@code gpu}, which is the first, or {@code gpu:1}.
     *
     * @throws IllegalArgumentException if nothing is called so
     */
    public static ComputeDevice parse(String name) {
        Matcher gpu = GPU.matcher(name);
        if (gpu.matches()) {
            return new ComputeDevice(OptionalInt.of(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1))));
        }
        if (!name.equals("cpu")) {
            throw new IllegalArgumentException("no device is called '" + name + "', choose cpu, gpu or gpu:1");
        }
        return CPU;
    }

    /**
     * The engine's name for it.
     *
     * @throws IllegalArgumentException if the engine does not see it
     */
    public Device available() {
        Device device = gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu();
        TorchEngine.requireVisible(device);
        return device;
    }

    @Override
    public String toString() {
        return gpu.isPresent() ? "gpu:" + gpu.getAsInt() : "cpu";
    }
}
