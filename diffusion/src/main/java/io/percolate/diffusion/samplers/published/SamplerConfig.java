package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.files.JsonConfig;
import io.percolate.weights.layout.DiffusersLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's noise process and the sampler that runs it back: what {@code scheduler_config.json} holds.
 *
 * @param kind which sampler
 * @param sampler the sampler with its options
 * @param process what the network was trained on
 * @param range the range that clean images are kept in
 * @param placement where the steps are
 */
public record SamplerConfig(
        SamplerKind kind, Sampler sampler, DiffusionProcess process, Clipping range, TimestepSchedule placement) {

    private static final Logger LOG = LoggerFactory.getLogger(SamplerConfig.class);

    /** The version of diffusers whose configs these are. */

    /** The sampler {@code kind} with its usual options, for latents. */
    public static SamplerConfig of(SamplerKind kind, DiffusionProcess process) {
        Sampler sampler = sampler(kind, process, Map.of());
        return new SamplerConfig(kind, sampler, process, new Clipping.Unlimited(), kind.placement());
    }

    /** The sampler with {@code options} where its class has them. */
    private static Sampler sampler(SamplerKind kind, DiffusionProcess process, Map<String, Object> options) {
        Map<String, Object> all = new TreeMap<>(process.options());
        all.putAll(options);
        all.putAll(kind.marks());
        return kind.read(kind.scheduler().own(JsonConfig.of(all)));
    }

    /**
     * Reads a published config.
     *
     * <p>An option that would change the result and is not supported is refused by name; one that only other classes
     * have is without effect, which a warning says.
     */
    public static SamplerConfig read(JsonConfig config) {
        SamplerKind kind = SamplerKind.of(config);
        warnOfIdleOptions(config, kind);
        JsonConfig own = kind.scheduler().own(config);
        SamplerConfig read = new SamplerConfig(
                kind, kind.read(own), DiffusionProcess.read(own), Clipping.read(own), TimestepSchedule.read(own, kind));
        own.refuseUnread(kind.scheduler().options());
        return read;
    }

    private static void warnOfIdleOptions(JsonConfig config, SamplerKind kind) {
        List<String> idle = kind.idle(config);
        if (!idle.isEmpty()) {
            String className = kind.scheduler().className();
            LOG.warn("{}: {} has no option {}: without effect", config.source(), className, String.join(", ", idle));
        }
    }

    /** The config as diffusers writes it: every option of the class and no other, but for a signal of zero. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>(kind.scheduler().options());
        placement.options().forEach(values::replace);
        range.options().forEach(values::replace);
        kind.marks().forEach(values::replace);
        sampler.options().forEach(values::replace);
        values.putAll(process.options());
        values.put("_class_name", kind.scheduler().className());
        values.put("_diffusers_version", DiffusersLayout.VERSION);
        return values;
    }

    /** Writes {@link #values} to a file. */
    public void write(Path file) {
        JsonConfig.of(values()).write(file);
    }

    /**
     * The same process under another sampler.
     *
     * <p>What this config says is kept where it differs from what is usual for its sampler, all but the order, which
     * belongs to the sampler. Options that the other's class in diffusers does not have are dropped, and solvers that
     * it does not have become its usual one, as in diffusers.
     */
    public SamplerConfig with(SamplerKind other) {
        if (other == kind) {
            return this;
        }
        boolean samePixels =
                other.scheduler().options().keySet().containsAll(range.options().keySet());
        return new SamplerConfig(
                other,
                sampler(other, process, unusualOptions()),
                process,
                samePixels ? range : new Clipping.Unlimited(),
                placement.moved(kind, other));
    }

    private Map<String, Object> unusualOptions() {
        Map<String, Object> unusual = new TreeMap<>(sampler.options());
        unusual.entrySet().removeAll(of(kind, process).sampler.options().entrySet());
        unusual.remove("solver_order");
        return unusual;
    }

    /** The same with another spacing of timesteps. */
    public SamplerConfig with(TimestepSpacing spacing) {
        if (!kind.choosesTimesteps()) {
            throw new IllegalArgumentException(kind + " has timesteps of its own: leave the spacing out");
        }
        return new SamplerConfig(kind, sampler, process, range, placement.withSpacing(spacing));
    }

    /** The same with noise levels placed otherwise. */
    public SamplerConfig with(SigmaSpacing sigmas) {
        if (!kind.placesSigmas() && sigmas != SigmaSpacing.TIMESTEPS) {
            throw new IllegalArgumentException(
                    kind + " has noise levels of its own and cannot take " + Options.name(sigmas) + " sigmas");
        }
        return new SamplerConfig(kind, sampler, process, range, placement.withSigmas(sigmas));
    }

    /** The same with a sampler of other options. */
    public SamplerConfig with(Sampler other) {
        return new SamplerConfig(kind, other, process, range, placement);
    }

    /** The same with clean images kept in another range. */
    public SamplerConfig with(Clipping other) {
        return new SamplerConfig(kind, sampler, process, other, placement);
    }

    /** The noise levels to sample at. */
    public SigmaSchedule levels() {
        return new SigmaSchedule(process.schedule(), placement);
    }

    /** {@code network}, read as the training says and kept in range. */
    public DenoisedPredictor estimator(Denoiser network) {
        return range.apply(process.prediction().estimator(network));
    }
}
