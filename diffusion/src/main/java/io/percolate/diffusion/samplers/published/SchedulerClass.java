package io.percolate.diffusion.samplers.published;

import io.percolate.files.JsonConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The classes that published configs name: every option of each, and what it is unless a config says otherwise.
 *
 * <p>The options are the constructor arguments of diffusers 0.40; a config that it saved holds exactly these.
 */
enum SchedulerClass {
    DDPM(
            "DDPMScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .with("variance_type", "fixed_small")
                    .clipping(true)
                    .thresholding()
                    .timesteps("leading")
                    .zeroSnr()),
    DDIM(
            "DDIMScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .clipping(true)
                    .thresholding()
                    .with("set_alpha_to_one", true)
                    .timesteps("leading")
                    .zeroSnr()),
    PNDM(
            "PNDMScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .with("skip_prk_steps", false)
                    .with("set_alpha_to_one", false)
                    .timesteps("leading")),
    LMS(
            "LMSDiscreteScheduler",
            new SchedulerDefaults().training(0.0001, 0.02, "linear").sigmas().timesteps("linspace")),
    EULER(
            "EulerDiscreteScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .sigmas()
                    .sigmaLimits()
                    .with("interpolation_type", "linear")
                    .with("timestep_type", "discrete")
                    .with("final_sigmas_type", "zero")
                    .timesteps("linspace")
                    .zeroSnr()),
    EULER_ANCESTRAL(
            "EulerAncestralDiscreteScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .timesteps("linspace")
                    .zeroSnr()),
    HEUN(
            "HeunDiscreteScheduler",
            new SchedulerDefaults()
                    .training(0.00085, 0.012, "linear")
                    .sigmas()
                    .clipping(false)
                    .timesteps("linspace")),
    KDPM2(
            "KDPM2DiscreteScheduler",
            new SchedulerDefaults().training(0.00085, 0.012, "linear").sigmas().timesteps("linspace")),
    DPM_SOLVER_MULTISTEP(
            "DPMSolverMultistepScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .solver("midpoint", true)
                    .dpmSolver()
                    .with("euler_at_final", false)
                    .with("use_lu_lambdas", false)
                    .with("final_sigmas_type", "zero")
                    .timesteps("linspace")
                    .zeroSnr()),
    DPM_SOLVER_SINGLESTEP(
            "DPMSolverSinglestepScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .solver("midpoint", false)
                    .dpmSolver()
                    .with("final_sigmas_type", "zero")),
    DEIS(
            "DEISMultistepScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .solver("logrho", true)
                    .with("algorithm_type", "deis")
                    .timesteps("linspace")),
    UNIPC(
            "UniPCMultistepScheduler",
            new SchedulerDefaults()
                    .training(0.0001, 0.02, "linear")
                    .solver("bh2", true)
                    .sigmaLimits()
                    .with("predict_x0", true)
                    .with("disable_corrector", List.of())
                    .with("solver_p", null)
                    .with("shift_terminal", null)
                    .with("final_sigmas_type", "zero")
                    .timesteps("linspace")
                    .zeroSnr()),
    LCM("LCMScheduler", SchedulerDefaults.distilled()),
    TCD("TCDScheduler", SchedulerDefaults.distilled());

    private static final String ZERO_SNR = "rescale_betas_zero_snr";

    /** Solvers by kind: a class has those of one kind. */
    private static final Map<String, List<Set<String>>> SOLVERS = Map.of(
            "solver_type", List.of(Set.of("midpoint", "heun"), Set.of("logrho"), Set.of("bh1", "bh2")),
            "algorithm_type", List.of(Set.of("dpmsolver", "dpmsolver++"), Set.of("deis")));

    private final String className;
    private final Map<String, Object> options;

    SchedulerClass(String className, SchedulerDefaults defaults) {
        this.className = className;
        options = defaults.values();
    }

    /** The class that {@code _class_name} is. */
    static SchedulerClass of(JsonConfig config) {
        String name = config.string("_class_name");
        return Arrays.stream(values())
                .filter(scheduler -> scheduler.className.equals(name))
                .findFirst()
                .orElseThrow(() -> Options.refused(
                        config,
                        "_class_name",
                        name,
                        Arrays.stream(values()).map(SchedulerClass::className).collect(Collectors.joining(", "))));
    }

    /** Its {@code _class_name}. */
    String className() {
        return className;
    }

    /** Every option with its default. */
    Map<String, Object> options() {
        return options;
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** Whether an option of a config has an effect in this class. */
    boolean reads(String option) {
        return has(option) || option.equals(ZERO_SNR);
    }

    /**
     * The options of this class, from {@code config} where they are in it.
     *
     * <p>A config that was made from another class's may carry that class's options along: they have no effect here, but
     * for {@code rescale_betas_zero_snr}, which is a fact of the training. The name of another class's solver means
     * this one's default, as in diffusers. An option of no class is refused.
     */
    JsonConfig own(JsonConfig config) {
        refuseUnknown(config);
        Map<String, Object> own = new TreeMap<>(options);
        own.put(ZERO_SNR, false);
        config.values().forEach((key, value) -> {
            if (value != null) {
                own.replace(key, isSolverOfAnother(key, value) ? options.get(key) : value);
            }
        });
        return JsonConfig.of(config.source(), own);
    }

    private boolean isSolverOfAnother(String option, Object name) {
        return has(option)
                && SOLVERS.getOrDefault(option, List.of()).stream()
                        .anyMatch(kind -> kind.contains(name) && !kind.contains(options.get(option)));
    }

    private static void refuseUnknown(JsonConfig config) {
        for (SchedulerClass scheduler : values()) {
            scheduler.options.keySet().forEach(config::isNull);
        }
        config.refuseUnread(Map.of());
    }
}
