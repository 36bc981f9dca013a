package io.percolate.diffusion.samplers.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.Ddpm;
import io.percolate.diffusion.samplers.Pndm;
import io.percolate.diffusion.steps.FinalSigma;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.testing.Reference;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerConfigTest {

    /** The contract of the command line. */
    @Test
    void samplersHaveTheNamesThatScriptsRelyOn() {
        assertThat(Arrays.stream(SamplerKind.values()).map(SamplerKind::toString))
                .containsExactlyInAnyOrder(
                        "ddpm",
                        "ddim",
                        "pndm",
                        "lms",
                        "euler",
                        "euler_a",
                        "heun",
                        "dpm2",
                        "dpmpp_2m",
                        "dpmpp_2m_sde",
                        "dpmpp_2s",
                        "dpmpp_3m",
                        "deis",
                        "unipc",
                        "lcm",
                        "tcd");
        assertThat(SamplerKind.named("euler_a")).isEqualTo(SamplerKind.EULER_A);
        assertThatThrownBy(() -> SamplerKind.named("magic"))
                .hasMessageContaining("magic")
                .hasMessageContaining("dpmpp_2m");
    }

    @ParameterizedTest
    @EnumSource
    void everyConfigReadsBackAsItWasWritten(SamplerKind kind) {
        DiffusionProcess process = new DiffusionProcess(new ScaledLinear(0.001, 0.02), 500, Prediction.V);
        SamplerConfig config = SamplerConfig.of(kind, process);
        assertThat(SchedulerJson.read(SchedulerJson.write(config))).isEqualTo(config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1-tiny", "sd2-tiny", "sdxl-tiny", "ddpm-tiny"})
    void publishedConfigsAreRead(String model) {
        SamplerConfig config = SchedulerFiles.load(Reference.path(model + "/scheduler"));
        assertThat(config.process().schedule().steps()).isEqualTo(1000);
    }

    @Test
    void pixelModelsClipAndLatentModelsDoNot() {
        SamplerConfig pixels = read(Map.of("_class_name", "DDPMScheduler", "variance_type", "fixed_large"));
        assertThat(pixels.clipping()).isEqualTo(new Clipping.Clipped(1));
        assertThat(pixels.sampler()).isEqualTo(new Ddpm(Variance.FIXED_LARGE));
        SamplerConfig latents = read(Map.of("_class_name", "PNDMScheduler", "skip_prk_steps", true));
        assertThat(latents.clipping()).isEqualTo(new Clipping.Unlimited());
        assertThat(latents.with(SamplerKind.DDIM).clipping()).isEqualTo(new Clipping.Unlimited());
    }

    /** Without a spacing in a published config, each sampler has its own default. */
    @Test
    void anotherSamplerKeepsTheProcessAndItsOwnDefaultSpacing() {
        SamplerConfig pndm = read(Map.of(
                "_class_name",
                "PNDMScheduler",
                "skip_prk_steps",
                true,
                "steps_offset",
                1,
                "set_alpha_to_one",
                false,
                "prediction_type",
                "v_prediction"));
        SamplerConfig euler = pndm.with(SamplerKind.EULER);
        assertThat(euler.process()).isEqualTo(pndm.process());
        assertThat(euler.timestepSchedule().spacing()).isEqualTo(TimestepSpacing.LINSPACE);
        assertThat(euler.timestepSchedule().finalSigma()).isEqualTo(FinalSigma.ZERO);
        SamplerConfig ddim = pndm.with(SamplerKind.DDIM);
        assertThat(ddim.timestepSchedule())
                .isEqualTo(
                        new TimestepSchedule(TimestepSpacing.LEADING, 1, SigmaSpacing.TIMESTEPS, FinalSigma.SIGMA_MIN));
        SamplerConfig leading = read(Map.of("_class_name", "EulerDiscreteScheduler", "timestep_spacing", "leading"));
        assertThat(leading.with(SamplerKind.DPMPP_2M).timestepSchedule().spacing())
                .isEqualTo(TimestepSpacing.LEADING);
    }

    @Test
    void choicesThatASamplerDoesNotHaveAreRefused() {
        SamplerConfig ddim = read(Map.of("_class_name", "DDIMScheduler"));
        assertThatThrownBy(() -> ddim.with(SigmaSpacing.KARRAS))
                .hasMessageContaining("ddim")
                .hasMessageContaining("karras");
        SamplerConfig lcm = ddim.with(SamplerKind.LCM);
        assertThatThrownBy(() -> lcm.with(TimestepSpacing.LEADING)).hasMessageContaining("lcm");
        SamplerConfig ancestral = ddim.with(SamplerKind.EULER_A);
        assertThatThrownBy(() -> ancestral.with(SigmaSpacing.KARRAS)).hasMessageContaining("euler_a");
        SamplerConfig euler = ddim.with(SamplerKind.EULER).with(SigmaSpacing.KARRAS);
        assertThat(euler.with(SamplerKind.DDIM).timestepSchedule().sigmas()).isEqualTo(SigmaSpacing.TIMESTEPS);
    }

    @Test
    void optionsThatWouldChangeTheResultAreRefusedByName() {
        assertRefused("use_beta_sigmas", Map.of("_class_name", "EulerDiscreteScheduler", "use_beta_sigmas", true));
        assertRefused("learned", Map.of("_class_name", "DDPMScheduler", "variance_type", "learned_range"));
        assertRefused("skip_prk_steps", Map.of("_class_name", "PNDMScheduler", "skip_prk_steps", false));
        assertRefused(
                "algorithm_type", Map.of("_class_name", "DPMSolverMultistepScheduler", "algorithm_type", "dpmsolver"));
        assertRefused("unheard_of", Map.of("_class_name", "DDIMScheduler", "unheard_of", 3));
        assertRefused("FlowMatch", Map.of("_class_name", "FlowMatchEulerDiscreteScheduler"));
    }

    /** In diffusers absence means Runge-Kutta steps, which are not there. */
    @Test
    void runsWithoutRungeKuttaStepsHaveToBeAskedFor() {
        assertRefused("skip_prk_steps is false", Map.of("_class_name", "PNDMScheduler"));
    }

    /** Diffusers 0.40: how many constructor arguments each class has. */
    @ParameterizedTest
    @CsvSource({
        "LMS, 11",
        "EULER_A, 9",
        "HEUN, 13",
        "DPM2, 11",
        "DPMPP_2M, 28",
        "DPMPP_2S, 23",
        "DEIS, 22",
        "UNIPC, 29",
        "LCM, 17",
        "TCD, 17"
    })
    void configsHoldEveryOptionOfTheirClassAndNoOther(SamplerKind kind, int count) {
        Map<String, Object> values = SchedulerJson.write(SamplerConfig.of(kind, DiffusionProcess.stableDiffusion()))
                .values();
        assertThat(values).containsEntry("trained_betas", null).containsKeys("_class_name", "_diffusers_version");
        assertThat(values).hasSize(count + 2);
    }

    @Test
    void zeroTerminalSnrIsWrittenWhateverTheClass() {
        DiffusionProcess process =
                new DiffusionProcess(new ZeroTerminalSnr(new ScaledLinear(0.00085, 0.012)), 1000, Prediction.V);
        SamplerConfig config = SamplerConfig.of(SamplerKind.LMS, process);
        assertThat(SchedulerJson.read(SchedulerJson.write(config))).isEqualTo(config);
    }

    @Test
    void epsilonWithZeroTerminalSnrIsRefusedWithTheWayOut() {
        Map<String, Object> config = Map.of("_class_name", "DDIMScheduler", "rescale_betas_zero_snr", true);
        assertRefused("v_prediction", config);
        assertRefused("leave rescale_betas_zero_snr out", config);
    }

    @Test
    void anotherPredictionReachesTheSamplerThatCombinesOutputs() {
        SamplerConfig pndm = read(Map.of("_class_name", "PNDMScheduler", "skip_prk_steps", true));
        assertThat(pndm.with(Prediction.V).sampler()).isEqualTo(new Pndm(Prediction.V));
        assertThat(pndm.with(Prediction.V).process().prediction()).isEqualTo(Prediction.V);
    }

    static void assertRefused(String name, Map<String, Object> values) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(name);
    }

    /** A config with these options and the noise of Stable Diffusion. */
    static SamplerConfig read(Map<String, Object> values) {
        Map<String, Object> all = new TreeMap<>(values);
        all.put("beta_start", 0.00085);
        all.put("beta_end", 0.012);
        all.put("beta_schedule", "scaled_linear");
        return SchedulerJson.read(JsonConfig.of(all));
    }
}
