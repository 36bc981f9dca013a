package io.percolate.diffusion.samplers;

import io.percolate.weights.JsonConfig;
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
public record Placement(TimestepSpacing spacing, int offset, SigmaSpacing sigmas, LastLevel last) {

    /** Reads the keys of a published scheduler config; absent ones are as is usual for {@code kind}. */
    static Placement read(JsonConfig config, SamplerKind kind) {
        Placement otherwise = kind.placement();
        TimestepSpacing spacing = Options.choice(config, "timestep_spacing", TimestepSpacing.class, otherwise.spacing);
        return new Placement(
                spacing,
                config.integer("steps_offset", otherwise.offset),
                SigmaSpacing.read(config),
                kind.lastLevelKey().read(config, otherwise.last));
    }

    /** The keys that {@link #read} understands. */
    Map<String, Object> options(SamplerKind kind) {
        Map<String, Object> options = new TreeMap<>(kind.lastLevelKey().options(last));
        options.put("timestep_spacing", Options.name(spacing));
        options.put("steps_offset", offset);
        options.put("use_karras_sigmas", sigmas == SigmaSpacing.KARRAS);
        options.put("use_exponential_sigmas", sigmas == SigmaSpacing.EXPONENTIAL);
        return options;
    }

    double[] timesteps(int trainSteps, int count) {
        return spacing.timesteps(trainSteps, count, offset);
    }

    double[] beforeLast(int trainSteps, int count) {
        return spacing.beforeLast(trainSteps, count, offset);
    }

    Placement withSpacing(TimestepSpacing other) {
        return new Placement(other, offset, sigmas, last);
    }

    Placement withSigmas(SigmaSpacing other) {
        return new Placement(spacing, offset, other, last);
    }
}
