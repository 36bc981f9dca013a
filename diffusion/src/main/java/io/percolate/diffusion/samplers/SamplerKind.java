package io.percolate.diffusion.samplers;

import io.percolate.weights.JsonConfig;
import io.percolate.weights.WeightsException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every sampler, by the name that users give it and by the class that published configs name. */
public enum SamplerKind {
    DDPM("DDPMScheduler", Family.ANCESTRAL, Ddpm::read),
    DDIM("DDIMScheduler", Family.ANCESTRAL, Ddim::read),
    PNDM("PNDMScheduler", Family.PSEUDO, Pndm::read),
    LMS("LMSDiscreteScheduler", Family.SIGMA, Lms::read),
    EULER("EulerDiscreteScheduler", Family.SIGMA, Euler::read),
    EULER_A("EulerAncestralDiscreteScheduler", Family.SIGMA, EulerAncestral::read),
    HEUN("HeunDiscreteScheduler", Family.SIGMA, Heun::read),
    DPM2("KDPM2DiscreteScheduler", Family.SIGMA, Dpm2::read),
    DPMPP_2M_SDE(
            "DPMSolverMultistepScheduler",
            Family.SOLVER,
            DpmSolverSde::read,
            Map.of("algorithm_type", "sde-dpmsolver++")),
    DPMPP_3M("DPMSolverMultistepScheduler", Family.SOLVER, DpmSolver::read, Map.of("solver_order", 3)),
    DPMPP_2M("DPMSolverMultistepScheduler", Family.SOLVER, DpmSolver::read),
    DPMPP_2S("DPMSolverSinglestepScheduler", Family.SOLVER, DpmSolverSinglestep::read),
    DEIS("DEISMultistepScheduler", Family.INTEGRATOR, Deis::read),
    UNIPC("UniPCMultistepScheduler", Family.SOLVER, UniPc::read),
    LCM("LCMScheduler", Family.CONSISTENCY, Lcm::read);

    private final String className;
    private final Family family;
    private final Function<JsonConfig, Sampler> reader;
    private final Map<String, Object> marks;

    SamplerKind(String className, Family family, Function<JsonConfig, Sampler> reader) {
        this(className, family, reader, Map.of());
    }

    /** @param marks what tells it from others of its class; those with marks come first */
    SamplerKind(String className, Family family, Function<JsonConfig, Sampler> reader, Map<String, Object> marks) {
        this.className = className;
        this.family = family;
        this.reader = reader;
        this.marks = marks;
    }

    /** What absent options mean in configs of a class. */
    enum Family {
        ANCESTRAL(TimestepSpacing.LEADING, LastLevel.CLEAN, true),
        PSEUDO(TimestepSpacing.LEADING, LastLevel.LEAST_NOISY, false),
        SIGMA(TimestepSpacing.LINSPACE, LastLevel.CLEAN, false),
        SOLVER(TimestepSpacing.LINSPACE, LastLevel.CLEAN, false),
        INTEGRATOR(TimestepSpacing.LINSPACE, LastLevel.LEAST_NOISY, false),
        CONSISTENCY(TimestepSpacing.LEADING, LastLevel.CLEAN, false);

        private final Placement placement;
        private final boolean clips;

        Family(TimestepSpacing spacing, LastLevel last, boolean clips) {
            this.placement = new Placement(spacing, 0, SigmaSpacing.TIMESTEPS, last);
            this.clips = clips;
        }
    }

    /** The sampler of this name on the command line. */
    public static SamplerKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sampler is called " + name + ", choose one of "
                        + Arrays.stream(values()).map(SamplerKind::toString).collect(Collectors.joining(" "))));
    }

    /** The sampler that a published config asks for. */
    static SamplerKind of(JsonConfig config) {
        String name = config.string("_class_name");
        Map<String, Object> values = config.values();
        return Arrays.stream(values())
                .filter(kind -> kind.className.equals(name) && values.entrySet().containsAll(kind.marks.entrySet()))
                .findFirst()
                .orElseThrow(() -> new WeightsException(config.source() + ": _class_name is " + name + ", supported: "
                        + Arrays.stream(values())
                                .map(kind -> kind.className)
                                .distinct()
                                .collect(Collectors.joining(", "))));
    }

    /** The sampler with the options of {@code config}. */
    Sampler read(JsonConfig config) {
        return reader.apply(config);
    }

    String className() {
        return className;
    }

    /** What sets this sampler apart from others of its class. */
    Map<String, Object> marks() {
        return marks;
    }

    /** Where its steps are unless a config says otherwise. */
    Placement placement() {
        return family.placement;
    }

    /** Whether its configs say where the last step ends by {@code set_alpha_to_one}. */
    boolean hasAlphaToOne() {
        return this == DDIM || this == PNDM;
    }

    /** Whether its configs clip clean images unless they say otherwise. */
    boolean clipsByDefault() {
        return family.clips;
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return Options.name(this);
    }
}
