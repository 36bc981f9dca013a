package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.steps.TimestepSchedule;
import java.util.Map;
import java.util.TreeMap;

/**
 * A config under another sampler, by the rules of {@link SamplerConfig#with(SamplerKind)}.
 *
 * @param from the config
 * @param to the other sampler
 */
record SamplerChange(SamplerConfig from, SamplerKind to) {

    SamplerConfig config() {
        return new SamplerConfig(to, sampler(), from.process(), clipping(), timestepSchedule());
    }

    private Sampler sampler() {
        Map<String, Object> chosen = new TreeMap<>(from.kind().options(from.sampler()));
        Sampler usual = from.kind().sampler(from.process(), Map.of());
        chosen.entrySet().removeAll(from.kind().options(usual).entrySet());
        chosen.remove(SolverOptions.ORDER);
        return to.sampler(from.process(), chosen);
    }

    private Clipping clipping() {
        boolean known = ClippingJson.write(from.clipping()).keySet().stream().allMatch(to::has);
        return known ? from.clipping() : new Clipping.Unlimited();
    }

    private TimestepSchedule timestepSchedule() {
        TimestepSchedule own = from.timestepSchedule();
        TimestepSchedule usual = to.defaultTimestepSchedule();
        boolean chosen = own.spacing() != from.kind().defaultTimestepSchedule().spacing();
        return new TimestepSchedule(
                chosen && to.has(TimestepScheduleJson.SPACING) ? own.spacing() : usual.spacing(),
                to.has(TimestepScheduleJson.OFFSET) ? own.offset() : usual.offset(),
                to.choosesSigmas() ? own.sigmas() : usual.sigmas(),
                bothChooseTheEnd() ? own.finalSigma() : usual.finalSigma());
    }

    private boolean bothChooseTheEnd() {
        return TimestepScheduleJson.FINAL.stream().anyMatch(key -> from.kind().has(key) && to.has(key));
    }
}
