package io.percolate.diffusion.samplers.published;

import io.percolate.files.JsonConfig;
import java.nio.file.Path;

/** A {@link SamplerConfig} as diffusers keeps it in a folder: {@code scheduler_config.json}. */
public final class SchedulerFiles {

    private static final String CONFIG = "scheduler_config.json";

    private SchedulerFiles() {}

    /** Reads the config in {@code folder}. */
    public static SamplerConfig load(Path folder) {
        return SchedulerJson.read(JsonConfig.read(folder.resolve(CONFIG)));
    }

    /** Writes {@code config} to {@code folder}, whole or not at all. */
    public static void save(SamplerConfig config, Path folder) {
        SchedulerJson.write(config).write(folder.resolve(CONFIG));
    }
}
