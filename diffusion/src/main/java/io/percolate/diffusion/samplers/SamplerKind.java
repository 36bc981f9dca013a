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
    DDIM("DDIMScheduler", Family.IMPLICIT, Ddim::read),
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

    /** What absent options mean in configs of a class, and which options it has. */
    enum Family {
        ANCESTRAL(TimestepSpacing.LEADING, LastLevel.CLEAN, LastLevel.Key.NONE),
        IMPLICIT(TimestepSpacing.LEADING, LastLevel.CLEAN, LastLevel.Key.ALPHA_TO_ONE),
        PSEUDO(TimestepSpacing.LEADING, LastLevel.LEAST_NOISY, LastLevel.Key.ALPHA_TO_ONE),
        SIGMA(TimestepSpacing.LINSPACE, LastLevel.CLEAN, LastLevel.Key.FINAL_SIGMA),
        SOLVER(TimestepSpacing.LINSPACE, LastLevel.CLEAN, LastLevel.Key.FINAL_SIGMA),
        INTEGRATOR(TimestepSpacing.LINSPACE, LastLevel.LEAST_NOISY, LastLevel.Key.NONE),
        CONSISTENCY(TimestepSpacing.LEADING, LastLevel.CLEAN, LastLevel.Key.NONE);

        private final Placement placement;
        private final LastLevel.Key lastLevelKey;

        Family(TimestepSpacing spacing, LastLevel last, LastLevel.Key lastLevelKey) {
            this.placement = new Placement(spacing, 0, SigmaSpacing.TIMESTEPS, last);
            this.lastLevelKey = lastLevelKey;
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

    /** Which option of its configs says where the last step ends. */
    LastLevel.Key lastLevelKey() {
        return family.lastLevelKey;
    }

    /** Whether its configs clip clean images unless they say otherwise. */
    boolean clipsByDefault() {
        return family == Family.ANCESTRAL || family == Family.IMPLICIT;
    }

    /** Whether its noise levels may be placed freely. */
    boolean placesSigmas() {
        return family == Family.SIGMA || family == Family.SOLVER || family == Family.INTEGRATOR;
    }

    /** Whether it takes the timesteps it is given. */
    boolean choosesTimesteps() {
        return this != DPMPP_2S && this != LCM;
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return Options.name(this);
    }
}
