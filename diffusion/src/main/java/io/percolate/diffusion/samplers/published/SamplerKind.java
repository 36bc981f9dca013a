package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.samplers.Ddpm;
import io.percolate.diffusion.samplers.Deis;
import io.percolate.diffusion.samplers.Dpm2;
import io.percolate.diffusion.samplers.DpmSolver;
import io.percolate.diffusion.samplers.DpmSolverSde;
import io.percolate.diffusion.samplers.DpmSolverSinglestep;
import io.percolate.diffusion.samplers.Euler;
import io.percolate.diffusion.samplers.EulerAncestral;
import io.percolate.diffusion.samplers.Heun;
import io.percolate.diffusion.samplers.Lcm;
import io.percolate.diffusion.samplers.Lms;
import io.percolate.diffusion.samplers.Pndm;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.samplers.UniPc;
import io.percolate.diffusion.steps.FinalSigma;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.files.JsonConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every sampler, by the name that users give it and by the class that published configs name. */
public enum SamplerKind {
    DDPM(SchedulerClass.DDPM, Ddpm::read),
    DDIM(SchedulerClass.DDIM, Ddim::read),
    PNDM(SchedulerClass.PNDM, Pndm::read, Map.of("skip_prk_steps", true)),
    LMS(SchedulerClass.LMS, Lms::read),
    EULER(SchedulerClass.EULER, Euler::read),
    EULER_A(SchedulerClass.EULER_ANCESTRAL, EulerAncestral::read),
    HEUN(SchedulerClass.HEUN, Heun::read),
    DPM2(SchedulerClass.KDPM2, Dpm2::read),
    DPMPP_2M_SDE(SchedulerClass.DPM_SOLVER_MULTISTEP, DpmSolverSde::read, Map.of("algorithm_type", "sde-dpmsolver++")),
    DPMPP_3M(SchedulerClass.DPM_SOLVER_MULTISTEP, DpmSolver::read, Map.of("solver_order", 3)),
    DPMPP_2M(SchedulerClass.DPM_SOLVER_MULTISTEP, DpmSolver::read),
    DPMPP_2S(SchedulerClass.DPM_SOLVER_SINGLESTEP, DpmSolverSinglestep::read),
    DEIS(SchedulerClass.DEIS, Deis::read),
    UNIPC(SchedulerClass.UNIPC, UniPc::read),
    LCM(SchedulerClass.LCM, Lcm::read);

    private final SchedulerClass scheduler;
    private final Function<JsonConfig, Sampler> reader;
    private final Map<String, Object> marks;

    SamplerKind(SchedulerClass scheduler, Function<JsonConfig, Sampler> reader) {
        this(scheduler, reader, Map.of());
    }

    /** @param marks options that make it this one of its class; those with marks come first */
    SamplerKind(SchedulerClass scheduler, Function<JsonConfig, Sampler> reader, Map<String, Object> marks) {
        this.scheduler = scheduler;
        this.reader = reader;
        this.marks = marks;
    }

    /** The sampler of this name on the command line. */
    public static SamplerKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sampler is called " + name + ", choose one of "
                        + Arrays.stream(values()).map(SamplerKind::toString).collect(Collectors.joining(" "))));
    }

    /** The sampler that a published config asks for: the last of its class, if it has no other's marks. */
    static SamplerKind of(JsonConfig config) {
        SchedulerClass scheduler = SchedulerClass.of(config);
        Set<Map.Entry<String, Object>> values = config.values().entrySet();
        SamplerKind found = null;
        for (SamplerKind kind : values()) {
            if (kind.scheduler == scheduler && (found == null || !values.containsAll(found.marks.entrySet()))) {
                found = kind;
            }
        }
        return found;
    }

    /**
     * The options of {@code config} that only other classes have, which therefore have no effect.
     *
     * <p>Published configs are full of them. Named are those that ask for something: a flag that is set, or another
     * value than is usual.
     */
    List<String> idle(JsonConfig config) {
        return config.values().entrySet().stream()
                .filter(option -> !scheduler.reads(option.getKey()) && asks(option.getKey(), option.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean asks(String option, Object value) {
        return value != null
                && !value.equals(false)
                && Arrays.stream(values())
                        .filter(kind -> kind.scheduler.has(option))
                        .anyMatch(kind -> !value.equals(kind.usual(option)));
    }

    private Object usual(String option) {
        return marks.getOrDefault(option, scheduler.options().get(option));
    }

    /** The sampler with the options of {@code config}. */
    Sampler read(JsonConfig config) {
        return reader.apply(config);
    }

    /** Its class in published configs. */
    public SchedulerClass scheduler() {
        return scheduler;
    }

    /** What sets this sampler apart from others of its class. */
    Map<String, Object> marks() {
        return marks;
    }

    /** Where its steps are unless a config says otherwise. */
    public TimestepSchedule placement() {
        return TimestepSchedule.read(JsonConfig.of(scheduler.options()), this);
    }

    /** Where its last step ends if configs cannot choose. */
    public FinalSigma lastLevel() {
        return this == DEIS ? FinalSigma.LEAST_NOISY : FinalSigma.CLEAN;
    }

    /** Whether its noise levels may be placed freely. */
    public boolean placesSigmas() {
        return scheduler.has("use_karras_sigmas");
    }

    /** Whether it takes the timesteps it is given. */
    boolean choosesTimesteps() {
        return scheduler.has("timestep_spacing") && this != LCM;
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return Options.name(this);
    }
}
