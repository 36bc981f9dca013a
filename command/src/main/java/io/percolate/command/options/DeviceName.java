package io.percolate.command.options;

import ai.djl.Device;
import io.percolate.nn.engine.ComputeDevice;
import io.percolate.nn.engine.TorchEngine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --device} names.
 *
 * @param device the processor, or a GPU
 */
public record DeviceName(ComputeDevice device) {

    /** The engine's name for it; fails if the engine cannot reach it. */
    public Device available() {
        int gpus = device.gpu().isPresent() ? TorchEngine.engine().getGpuCount() : 0;
        if (device.gpu().orElse(-1) >= gpus) {
            throw new IllegalArgumentException("--device " + device + " is not available: this build of PyTorch sees "
                    + gpus + " GPUs; use --device cpu, or a build with CUDA");
        }
        return device.available();
    }

    /** Tells picocli how to read one. */
    public static final class Reader implements ITypeConverter<DeviceName> {

        @Override
        public DeviceName convert(String name) {
            try {
                return new DeviceName(ComputeDevice.parse(name));
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
