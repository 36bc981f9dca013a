package io.percolate.pipeline.cli;

import io.percolate.nn.TorchEngine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A processor as {@code --device} names it: {@code cpu}, {@code gpu}, which is the first, or {@code gpu:1}. */
record DeviceName(String name, int gpusNeeded) {

    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

    static DeviceName parse(String name) {
        Matcher gpu = GPU.matcher(name);
        if (gpu.matches()) {
            return new DeviceName(name, 1 + (gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1))));
        }
        if (!name.equals("cpu")) {
            throw new IllegalArgumentException("no device is called '" + name + "', choose cpu, gpu or gpu:1");
        }
        return new DeviceName(name, 0);
    }

    /** Fails if the engine cannot reach it. */
    void requireAvailable() {
        if (gpusNeeded > 0) {
            int gpus = TorchEngine.engine().getGpuCount();
            if (gpus < gpusNeeded) {
                throw new IllegalArgumentException("--device " + name + " is not available: this build of PyTorch sees "
                        + gpus + " GPUs; use --device cpu, or a build with CUDA");
            }
        }
    }

    /** Tells picocli how to read one. */
    static final class Reader implements ITypeConverter<DeviceName> {

        @Override
        public DeviceName convert(String name) {
            try {
                return parse(name);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
