package io.percolate.diffusion.steps;

import io.percolate.diffusion.samplers.published.Options;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where on a noise schedule the steps of a sampler are.
 *
 * @param spacing how timesteps are chosen
 * @param offset added to timesteps of leading spacing
 * @param sigmas how noise levels are placed, by samplers that place them freely
 * @param last where the last step ends
 */
public record TimestepSchedule(TimestepSpacing spacing, int offset, SigmaSpacing sigmas, FinalSigma last) {

    /** Reads the options of {@code kind}'s class. */
    public static TimestepSchedule read(JsonConfig config, SamplerKind kind) {
        return new TimestepSchedule(
                Options.choice(config, "timestep_spacing", TimestepSpacing.class, TimestepSpacing.LINSPACE),
                config.integer("steps_offset", 0),
                SigmaSpacing.read(config),
                FinalSigma.read(config, kind.lastLevel()));
    }

    /** The keys that {@link #read} understands, whichever class has them. */
    public Map<String, Object> options() {
        Map<String, Object> options = new TreeMap<>(last.options());
        options.put("timestep_spacing", Options.name(spacing));
        options.put("steps_offset", offset);
        options.put("use_karras_sigmas", sigmas == SigmaSpacing.KARRAS);
        options.put("use_exponential_sigmas", sigmas == SigmaSpacing.EXPONENTIAL);
        return options;
    }

    /**
     * The placement of {@code other} in place of {@code kind}: what differs from the usual is kept, as far as the
     * other has that option too.
     */
    public TimestepSchedule moved(SamplerKind kind, SamplerKind other) {
        TimestepSchedule usual = other.placement();
        boolean unusual =
                spacing != kind.placement().spacing && other.scheduler().has("timestep_spacing");
        boolean sameEnd = last.options().keySet().stream()
                .anyMatch(key -> kind.scheduler().has(key) && other.scheduler().has(key));
        return new TimestepSchedule(
                unusual ? spacing : usual.spacing,
                other.scheduler().has("steps_offset") ? offset : usual.offset,
                other.placesSigmas() ? sigmas : usual.sigmas,
                sameEnd ? last : usual.last);
    }

    double[] timesteps(int trainSteps, int count) {
        return spacing.timesteps(trainSteps, count, offset);
    }

    double[] beforeLast(int trainSteps, int count) {
        return spacing.beforeLast(trainSteps, count, offset);
    }

    public TimestepSchedule withSpacing(TimestepSpacing other) {
        return new TimestepSchedule(other, offset, sigmas, last);
    }

    public TimestepSchedule withSigmas(SigmaSpacing other) {
        return new TimestepSchedule(spacing, offset, other, last);
    }
}
