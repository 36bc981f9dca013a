package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.DiffusionProcess;
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
import io.percolate.diffusion.samplers.Tcd;
import io.percolate.diffusion.samplers.UniPc;
import io.percolate.diffusion.steps.FinalSigma;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.files.JsonConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every sampler: its name on the command line, its class in published configs, and the codec of its own options.
 *
 * <p>Several samplers may be of one class. Each but the last of them has options that tell it from the others.
 */
public enum SamplerKind {
    DDPM(SchedulerClass.DDPM, new SamplerCodec<>(Ddpm.class, DdpmJson::read, DdpmJson::write)),
    /** Its eta belongs to the run: no config holds it. */
    DDIM(SchedulerClass.DDIM, SamplerCodec.plain(Ddim.class, () -> new Ddim(0))),
    PNDM(
            SchedulerClass.PNDM,
            new SamplerCodec<>(Pndm.class, PndmJson::read, PndmJson::write),
            Map.of("skip_prk_steps", true)),
    LMS(SchedulerClass.LMS, SamplerCodec.plain(Lms.class, Lms::new)),
    EULER(SchedulerClass.EULER, SamplerCodec.plain(Euler.class, Euler::new)),
    EULER_A(SchedulerClass.EULER_ANCESTRAL, SamplerCodec.plain(EulerAncestral.class, EulerAncestral::new)),
    HEUN(SchedulerClass.HEUN, SamplerCodec.plain(Heun.class, Heun::new)),
    DPM2(SchedulerClass.KDPM2, SamplerCodec.plain(Dpm2.class, Dpm2::new)),
    DPMPP_2M_SDE(
            SchedulerClass.DPM_SOLVER_MULTISTEP,
            new SamplerCodec<>(DpmSolverSde.class, DpmSolverSdeJson::read, DpmSolverSdeJson::write),
            Map.of(SolverOptions.ALGORITHM, "sde-dpmsolver++")),
    DPMPP_3M(
            SchedulerClass.DPM_SOLVER_MULTISTEP,
            new SamplerCodec<>(DpmSolver.class, DpmSolverJson::read, DpmSolverJson::write),
            Map.of(SolverOptions.ORDER, 3)),
    DPMPP_2M(
            SchedulerClass.DPM_SOLVER_MULTISTEP,
            new SamplerCodec<>(DpmSolver.class, DpmSolverJson::read, DpmSolverJson::write)),
    DPMPP_2S(
            SchedulerClass.DPM_SOLVER_SINGLESTEP,
            new SamplerCodec<>(
                    DpmSolverSinglestep.class, DpmSolverSinglestepJson::read, DpmSolverSinglestepJson::write)),
    DEIS(SchedulerClass.DEIS, new SamplerCodec<>(Deis.class, DeisJson::read, DeisJson::write)),
    UNIPC(SchedulerClass.UNIPC, new SamplerCodec<>(UniPc.class, UniPcJson::read, UniPcJson::write)),
    LCM(SchedulerClass.LCM, new SamplerCodec<>(Lcm.class, LcmJson::read, LcmJson::write)),
    /** Its eta belongs to the run: no config holds it. */
    TCD(SchedulerClass.TCD, new SamplerCodec<>(Tcd.class, TcdJson::read, TcdJson::write));

    private final SchedulerClass scheduler;
    private final SamplerCodec<?> codec;
    private final Map<String, Object> distinguishing;

    SamplerKind(SchedulerClass scheduler, SamplerCodec<?> codec) {
        this(scheduler, codec, Map.of());
    }

    SamplerKind(SchedulerClass scheduler, SamplerCodec<?> codec, Map<String, Object> distinguishing) {
        this.scheduler = scheduler;
        this.codec = codec;
        this.distinguishing = distinguishing;
    }

    /** The sampler of this name on the command line. */
    public static SamplerKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sampler is called " + name + ", choose one of "
                        + Arrays.stream(values()).map(SamplerKind::toString).collect(Collectors.joining(" "))));
    }

    /** The sampler that a published config asks for: the first of its class with these options, else the last. */
    static SamplerKind of(JsonConfig json) {
        SchedulerClass scheduler = SchedulerClass.of(json);
        Set<Map.Entry<String, Object>> options = json.values().entrySet();
        List<SamplerKind> ofClass = Arrays.stream(values())
                .filter(kind -> kind.scheduler == scheduler)
                .toList();
        return ofClass.stream()
                .filter(kind -> options.containsAll(kind.distinguishing.entrySet()))
                .findFirst()
                .orElse(ofClass.get(ofClass.size() - 1));
    }

    /**
     * The options of {@code json} that only other classes have, which therefore have no effect.
     *
     * <p>Published configs are full of them. Named are those that ask for something: a flag that is set, or a value
     * that is not the default.
     */
    List<String> ignored(JsonConfig json) {
        return json.values().entrySet().stream()
                .filter(option -> !scheduler.reads(option.getKey()) && asks(option.getKey(), option.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean asks(String option, Object value) {
        return value != null
                && !value.equals(false)
                && Arrays.stream(values())
                        .filter(kind -> kind.has(option))
                        .anyMatch(kind -> !value.equals(kind.defaultOf(option)));
    }

    private Object defaultOf(String option) {
        return distinguishing.getOrDefault(option, scheduler.options().get(option));
    }

    /** The sampler with the options of {@code json}. */
    Sampler read(JsonConfig json) {
        return codec.read(json);
    }

    /** The sampler with {@code options} where its class has them, else with its defaults. */
    Sampler sampler(DiffusionProcess process, Map<String, Object> options) {
        Map<String, Object> all = new TreeMap<>(DiffusionProcessJson.write(process));
        all.putAll(options);
        all.putAll(distinguishing);
        return read(scheduler.own(JsonConfig.of(all)));
    }

    /** The options of {@code sampler}, which is of this kind, by their published names. */
    Map<String, Object> options(Sampler sampler) {
        Map<String, Object> options = new TreeMap<>(distinguishing);
        options.putAll(codec.write(sampler));
        return options;
    }

    SchedulerClass scheduler() {
        return scheduler;
    }

    /** Its class in diffusers: the {@code _class_name} of published configs. */
    public String schedulerClass() {
        return scheduler.className();
    }

    boolean has(String option) {
        return scheduler.has(option);
    }

    /** Where its steps are unless a config says otherwise. */
    TimestepSchedule defaultTimestepSchedule() {
        return TimestepScheduleJson.read(JsonConfig.of(scheduler.options()), defaultFinalSigma());
    }

    /** Where its last step ends if its class has no option for it. */
    FinalSigma defaultFinalSigma() {
        return this == DEIS ? FinalSigma.SIGMA_MIN : FinalSigma.ZERO;
    }

    /** Whether the spacing of its sigmas may be chosen. */
    public boolean choosesSigmas() {
        return has(TimestepScheduleJson.KARRAS);
    }

    /** Whether the spacing of its timesteps may be chosen. */
    boolean choosesTimesteps() {
        return has(TimestepScheduleJson.SPACING) && this != LCM && this != TCD;
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return Options.name(this);
    }
}
