package io.percolate.cli.options;

import ai.djl.Device;
import io.percolate.nn.engine.TorchEngine;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A processor as {@code --device} names it: {@code cpu}, {@code gpu}, which is the first, or {@code gpu:1}. */
record DeviceName(OptionalInt gpu) {

    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

    static DeviceName parse(String name) {
        Matcher gpu = GPU.matcher(name);
        if (gpu.matches()) {
            return new DeviceName(OptionalInt.of(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1))));
        }
        if (!name.equals("cpu")) {
            throw new TypeConversionException("no device is called '" + name + "', choose cpu, gpu or gpu:1");
        }
        return new DeviceName(OptionalInt.empty());
    }

    /** The device; fails if the engine cannot reach it. */
    Device available() {
        if (gpu.isEmpty()) {
            return Device.cpu();
        }
        int gpus = TorchEngine.engine().getGpuCount();
        if (gpu.getAsInt() >= gpus) {
            throw new IllegalArgumentException("--device gpu:" + gpu.getAsInt() + " is not available: this build of"
                    + " PyTorch sees " + gpus + " GPUs; use --device cpu, or a build with CUDA");
        }
        return Device.gpu(gpu.getAsInt());
    }

    /** Tells picocli how to read one. */
    static final class Reader implements ITypeConverter<DeviceName> {

        @Override
        public DeviceName convert(String name) {
            return parse(name);
        }
    }
}
