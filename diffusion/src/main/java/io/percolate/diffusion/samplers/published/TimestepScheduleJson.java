package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.steps.FinalSigma;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link TimestepSchedule} as the keys of scheduler configs; a class has some of them. */
final class TimestepScheduleJson {

    static final String SPACING = "timestep_spacing";
    static final String OFFSET = "steps_offset";
    static final String KARRAS = "use_karras_sigmas";
    private static final String EXPONENTIAL = "use_exponential_sigmas";
    private static final String ALPHA_TO_ONE = "set_alpha_to_one";
    private static final String FINAL_SIGMAS = "final_sigmas_type";

    /** The two ways to say where the last step ends: a class has one of them or none. */
    static final List<String> FINAL = List.of(ALPHA_TO_ONE, FINAL_SIGMAS);

    private TimestepScheduleJson() {}

    /** @param otherwise where the last step ends in a class that has no option for it */
    static TimestepSchedule read(JsonConfig json, FinalSigma otherwise) {
        return new TimestepSchedule(
                Options.choice(json, SPACING, TimestepSpacing.class, TimestepSpacing.LINSPACE),
                json.integer(OFFSET, 0),
                sigmas(json),
                finalSigma(json, otherwise));
    }

    private static SigmaSpacing sigmas(JsonConfig json) {
        boolean karras = json.flag(KARRAS, false);
        boolean exponential = json.flag(EXPONENTIAL, false);
        if (karras && exponential) {
            throw new BadFileException(
                    json.source() + ": use_karras_sigmas and use_exponential_sigmas are both true, choose one");
        }
        return karras ? SigmaSpacing.KARRAS : exponential ? SigmaSpacing.EXPONENTIAL : SigmaSpacing.TIMESTEPS;
    }

    private static FinalSigma finalSigma(JsonConfig json, FinalSigma otherwise) {
        return json.isNull(ALPHA_TO_ONE)
                ? Options.choice(json, FINAL_SIGMAS, FinalSigma.class, otherwise)
                : json.flag(ALPHA_TO_ONE) ? FinalSigma.ZERO : FinalSigma.SIGMA_MIN;
    }

    static Map<String, Object> write(TimestepSchedule schedule) {
        Map<String, Object> values = new TreeMap<>();
        values.put(SPACING, Options.name(schedule.spacing()));
        values.put(OFFSET, schedule.offset());
        values.put(KARRAS, schedule.sigmas() == SigmaSpacing.KARRAS);
        values.put(EXPONENTIAL, schedule.sigmas() == SigmaSpacing.EXPONENTIAL);
        values.put(ALPHA_TO_ONE, schedule.finalSigma() == FinalSigma.ZERO);
        values.put(FINAL_SIGMAS, Options.name(schedule.finalSigma()));
        return values;
    }
}
