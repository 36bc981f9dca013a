package io.percolate.diffusion.samplers.published;

import static io.percolate.diffusion.samplers.published.SamplerConfigTest.assertRefused;
import static io.percolate.diffusion.samplers.published.SamplerConfigTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.samplers.DpmSolver;
import io.percolate.diffusion.samplers.DpmSolverSinglestep;
import io.percolate.diffusion.samplers.SolverType;
import io.percolate.diffusion.steps.FinalSigma;
import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configs are passed on from class to class, and carry along what only an earlier one understood. */
class OptionsOfOtherClassesTest {

    /** As in the published SDXL: the class has no such option, another's was left over. */
    @Test
    void optionsLeftOverFromAnotherClassHaveNoEffect() {
        SamplerConfig config = read(Map.of("_class_name", "EulerDiscreteScheduler", "set_alpha_to_one", false));
        assertThat(config.timestepSchedule().finalSigma()).isEqualTo(FinalSigma.ZERO);
        SamplerConfig ddim = read(Map.of("_class_name", "DDIMScheduler", "final_sigmas_type", "sigma_min"));
        assertThat(ddim.timestepSchedule().finalSigma()).isEqualTo(FinalSigma.ZERO);
    }

    /** A class reads its own options; those of another were left over, and have no effect. */
    @ParameterizedTest
    @CsvSource({
        "LMSDiscreteScheduler, final_sigmas_type, sigma_min",
        "HeunDiscreteScheduler, final_sigmas_type, sigma_min",
        "KDPM2DiscreteScheduler, final_sigmas_type, sigma_min",
        "EulerAncestralDiscreteScheduler, final_sigmas_type, sigma_min",
        "EulerAncestralDiscreteScheduler, use_karras_sigmas, true",
        "EulerDiscreteScheduler, clip_sample, true",
        "DPMSolverMultistepScheduler, clip_sample, true",
        "LMSDiscreteScheduler, thresholding, true",
        "DPMSolverSinglestepScheduler, timestep_spacing, leading",
        "DPMSolverSinglestepScheduler, steps_offset, 1",
        "DEISMultistepScheduler, final_sigmas_type, zero",
        "DEISMultistepScheduler, euler_at_final, true",
        "HeunDiscreteScheduler, use_flow_sigmas, true",
        "DPMSolverMultistepScheduler, variance_type, fixed_large"
    })
    void optionsThatTheClassDoesNotHaveChangeNothing(String className, String option, String value) {
        SamplerConfig plain = read(Map.of("_class_name", className));
        assertThat(read(Map.of("_class_name", className, option, parsed(value))))
                .isEqualTo(plain);
    }

    private static Object parsed(String value) {
        return switch (value) {
            case "true" -> true;
            case "1" -> 1;
            default -> value;
        };
    }

    @Test
    void optionsWithoutEffectAreNamedIfTheyAskForSomething() {
        assertThat(ignored(Map.of("clip_sample", true, "thresholding", true, "use_karras_sigmas", true)))
                .containsExactly("clip_sample", "thresholding");
        assertThat(ignored(Map.of("solver_order", 3, "_diffusers_version", "0.2")))
                .containsExactly("solver_order");
    }

    /** The scheduler of the published SDXL is of this class and has these. */
    @Test
    void optionsWithoutEffectAreNotNamedIfTheyAskForNothing() {
        assertThat(ignored(Map.of(
                        "clip_sample",
                        false,
                        "set_alpha_to_one",
                        false,
                        "skip_prk_steps",
                        true,
                        "sample_max_value",
                        1.0)))
                .isEmpty();
    }

    private static Iterable<String> ignored(Map<String, Object> options) {
        return SamplerKind.EULER.ignored(JsonConfig.of(options));
    }

    /** A fact of the training: the class cannot choose it, but it is honoured. */
    @Test
    void zeroTerminalSnrHasItsEffectInEveryClass() {
        assertThat(SamplerKind.LMS.ignored(JsonConfig.of(Map.of("rescale_betas_zero_snr", true))))
                .isEmpty();
        Map<String, Object> plain = Map.of("_class_name", "LMSDiscreteScheduler", "prediction_type", "v_prediction");
        Map<String, Object> zeroSnr = new TreeMap<>(plain);
        zeroSnr.put("rescale_betas_zero_snr", true);
        assertThat(read(zeroSnr)).isNotEqualTo(read(plain));
    }

    /** Diffusers 0.40, in the constructors of these classes. */
    @ParameterizedTest
    @CsvSource({
        "UniPCMultistepScheduler, solver_type, midpoint",
        "UniPCMultistepScheduler, solver_type, heun",
        "UniPCMultistepScheduler, solver_type, logrho",
        "DEISMultistepScheduler, solver_type, midpoint",
        "DEISMultistepScheduler, solver_type, heun",
        "DEISMultistepScheduler, solver_type, bh1",
        "DEISMultistepScheduler, solver_type, bh2",
        "DEISMultistepScheduler, algorithm_type, dpmsolver",
        "DEISMultistepScheduler, algorithm_type, dpmsolver++",
        "DPMSolverMultistepScheduler, solver_type, logrho",
        "DPMSolverMultistepScheduler, solver_type, bh1",
        "DPMSolverMultistepScheduler, solver_type, bh2",
        "DPMSolverMultistepScheduler, algorithm_type, deis",
        "DPMSolverSinglestepScheduler, solver_type, logrho",
        "DPMSolverSinglestepScheduler, solver_type, bh1",
        "DPMSolverSinglestepScheduler, solver_type, bh2",
        "DPMSolverSinglestepScheduler, algorithm_type, deis"
    })
    void solversOfAnotherClassMeanTheDefault(String className, String option, String solver) {
        SamplerConfig plain = read(Map.of("_class_name", className));
        assertThat(read(Map.of("_class_name", className, option, solver))).isEqualTo(plain);
    }

    @Test
    void solversOfNoClassAreRefused() {
        assertRefused("solver_type is magic", Map.of("_class_name", "UniPCMultistepScheduler", "solver_type", "magic"));
        assertRefused(
                "algorithm_type is sde-dpmsolver++",
                Map.of("_class_name", "DEISMultistepScheduler", "algorithm_type", "sde-dpmsolver++"));
    }

    /** As diffusers: {@code from_config} drops what the other class does not have. */
    @Test
    void anotherSamplerTakesAlongOnlyTheOptionsThatItsClassHas() {
        SamplerConfig pixels = read(Map.of("_class_name", "DDPMScheduler", "clip_sample_range", 2));
        assertThat(pixels.with(SamplerKind.DDIM).clipping()).isEqualTo(new Clipping.Clipped(2));
        assertThat(pixels.with(SamplerKind.HEUN).clipping()).isEqualTo(new Clipping.Clipped(2));
        assertThat(pixels.with(SamplerKind.DPMPP_2M).clipping()).isEqualTo(new Clipping.Unlimited());
        SamplerConfig least = read(Map.of("_class_name", "EulerDiscreteScheduler", "final_sigmas_type", "sigma_min"));
        assertThat(least.with(SamplerKind.UNIPC).timestepSchedule().finalSigma())
                .isEqualTo(FinalSigma.SIGMA_MIN);
        assertThat(least.with(SamplerKind.HEUN).timestepSchedule().finalSigma()).isEqualTo(FinalSigma.ZERO);
        assertThat(least.with(SamplerKind.DEIS)
                        .with(SamplerKind.DDPM)
                        .timestepSchedule()
                        .finalSigma())
                .isEqualTo(FinalSigma.ZERO);
    }

    @Test
    void anotherSamplerKeepsTheSolverIfItsClassHasIt() {
        SamplerConfig heun = read(Map.of("_class_name", "DPMSolverMultistepScheduler", "solver_type", "heun"));
        assertThat(heun.with(SamplerKind.DPMPP_2S).sampler())
                .isEqualTo(new DpmSolverSinglestep(SolverType.HEUN, false));
        assertThat(heun.with(SamplerKind.DPMPP_3M).sampler()).isEqualTo(new DpmSolver(3, SolverType.HEUN, true));
        assertThat(heun.with(SamplerKind.UNIPC)).isEqualTo(defaultOf(heun, SamplerKind.UNIPC));
        assertThat(heun.with(SamplerKind.DEIS)).isEqualTo(defaultOf(heun, SamplerKind.DEIS));
        assertThat(heun.with(SamplerKind.EULER)).isEqualTo(defaultOf(heun, SamplerKind.EULER));
        SamplerConfig bh1 = read(Map.of("_class_name", "UniPCMultistepScheduler", "solver_type", "bh1"));
        assertThat(bh1.with(SamplerKind.DPMPP_2M)).isEqualTo(defaultOf(bh1, SamplerKind.DPMPP_2M));
    }

    /** As in the names: 2M, 2S, 3M. */
    @Test
    void anotherSamplerHasItsOwnOrder() {
        SamplerConfig third = read(Map.of("_class_name", "DPMSolverMultistepScheduler", "solver_order", 3));
        assertThat(third.kind()).isEqualTo(SamplerKind.DPMPP_3M);
        SamplerConfig deis = read(Map.of("_class_name", "DEISMultistepScheduler", "solver_order", 3));
        for (SamplerConfig config : new SamplerConfig[] {third, deis}) {
            assertThat(config.with(SamplerKind.DPMPP_2M).sampler())
                    .isEqualTo(new DpmSolver(2, SolverType.MIDPOINT, true));
        }
    }

    private static SamplerConfig defaultOf(SamplerConfig config, SamplerKind kind) {
        return SamplerConfig.of(kind, config.process());
    }
}
