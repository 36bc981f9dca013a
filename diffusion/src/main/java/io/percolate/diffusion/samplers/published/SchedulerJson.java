package io.percolate.diffusion.samplers.published;

import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.weights.layout.DiffusersLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link SamplerConfig} as diffusers' {@code scheduler_config.json}. */
public final class SchedulerJson {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerJson.class);

    private SchedulerJson() {}

    /**
     * Reads a published config.
     *
     * <p>An option that would change the result and is not supported is refused by name; one that only other classes
     * have is without effect, which a warning says.
     *
     * @throws BadFileException if an option is not supported or does not fit the others; the message names it
     */
    public static SamplerConfig read(JsonConfig json) {
        SamplerKind kind = SamplerKind.of(json);
        warnOfIgnoredOptions(json, kind);
        try {
            return read(kind, kind.scheduler().own(json));
        } catch (IllegalArgumentException e) {
            throw new BadFileException(json.source() + ": " + e.getMessage(), e);
        }
    }

    private static SamplerConfig read(SamplerKind kind, JsonConfig own) {
        SamplerConfig config = new SamplerConfig(
                kind,
                kind.read(own),
                DiffusionProcessJson.read(own),
                ClippingJson.read(own),
                TimestepScheduleJson.read(own, kind.defaultFinalSigma()));
        own.refuseUnread(kind.scheduler().options());
        return config;
    }

    private static void warnOfIgnoredOptions(JsonConfig json, SamplerKind kind) {
        List<String> ignored = kind.ignored(json);
        if (!ignored.isEmpty()) {
            LOG.warn(
                    "{}: {} has no option {}: without effect",
                    json.source(),
                    kind.schedulerClass(),
                    String.join(", ", ignored));
        }
    }

    /** The keys that diffusers writes: every option of the class and no other, but for zero terminal SNR. */
    public static JsonConfig write(SamplerConfig config) {
        SamplerKind kind = config.kind();
        Map<String, Object> values = new TreeMap<>(kind.scheduler().options());
        TimestepScheduleJson.write(config.timestepSchedule()).forEach(values::replace);
        ClippingJson.write(config.clipping()).forEach(values::replace);
        kind.options(config.sampler()).forEach(values::replace);
        values.putAll(DiffusionProcessJson.write(config.process()));
        values.put("_class_name", kind.schedulerClass());
        values.put("_diffusers_version", DiffusersLayout.VERSION);
        return JsonConfig.of(values);
    }
}
