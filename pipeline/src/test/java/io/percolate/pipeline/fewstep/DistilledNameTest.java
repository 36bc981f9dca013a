package io.percolate.pipeline.fewstep;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.EtaSampler;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.pipeline.fewstep.FewSteps.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files and folders as they are published, and what their pages say of sampler, steps and guidance. */
class DistilledNameTest {

    private static final SamplerConfig OWN = SamplerConfig.of(SamplerKind.PNDM, DiffusionProcess.stableDiffusion());

    @ParameterizedTest
    @CsvSource({
        "sdxl_lightning_1step_x0.safetensors, EULER, TRAILING, X0, 1, 1",
        "sdxl_lightning_2step_unet.safetensors, EULER, TRAILING, EPSILON, 2, 1",
        "sdxl_lightning_4step_lora.safetensors, EULER, TRAILING, EPSILON, 4, 1",
        "sdxl_lightning_8step.safetensors, EULER, TRAILING, EPSILON, 8, 1",
        "Hyper-SD15-2steps-lora.safetensors, DDIM, TRAILING, EPSILON, 2, 1",
        "Hyper-SDXL-8steps-lora.safetensors, DDIM, TRAILING, EPSILON, 8, 1",
        "Hyper-SDXL-1step-lora.safetensors, TCD, LEADING, EPSILON, 1, 1",
        "Hyper-SD15-12steps-CFG-lora.safetensors, DDIM, TRAILING, EPSILON, 12, 5",
        "lcm-lora-sdv1-5, LCM, LEADING, EPSILON, 4, 1",
        "lcm-lora-sdxl, LCM, LEADING, EPSILON, 4, 1",
        "dreamshaper_8LCM.safetensors, LCM, LEADING, EPSILON, 4, 1",
        "TCD-SDXL-LoRA, TCD, LEADING, EPSILON, 4, 1",
        "sd_turbo.safetensors, EULER, TRAILING, EPSILON, 4, 1",
        "sd_xl_turbo_1.0_fp16.safetensors, EULER_A, TRAILING, EPSILON, 4, 1",
        "sd_xl_turbo_lora_v1.safetensors, EULER_A, TRAILING, EPSILON, 4, 1"
    })
    void saysHowTheModelIsSampled(
            String name, SamplerKind kind, TimestepSpacing spacing, Prediction prediction, int steps, double guidance) {
        FewSteps few = FewSteps.named(Path.of(name));
        SamplerConfig config = few.sampler(OWN);
        assertThat(config.kind()).isEqualTo(kind);
        assertThat(config.timestepSchedule().spacing()).isEqualTo(spacing);
        assertThat(config.process().prediction()).isEqualTo(prediction);
        assertThat(few.steps(50)).isEqualTo(steps);
        assertThat(few.guidanceScale(7.5)).isEqualTo(guidance);
        assertThat(few.warnings(new Asked(OptionalInt.empty(), OptionalDouble.empty(), config)))
                .isEmpty();
    }

    @Test
    void turboPredictsTheNoiseOfSmallImagesWhateverItsFamilyDoes() {
        FewSteps few = FewSteps.named(Path.of("sd_turbo.safetensors"));
        assertThat(few.sampler(OWN.with(Prediction.V)).process().prediction()).isEqualTo(Prediction.EPSILON);
        assertThat(few.side(768)).isEqualTo(512);
    }

    @Test
    void theLoraOfOneStepAddsAllItsNoise() {
        SamplerConfig config =
                FewSteps.named(Path.of("Hyper-SD15-1step-lora.safetensors")).sampler(OWN);
        assertThat(((EtaSampler) config.sampler()).eta()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1-5-pruned-emaonly.safetensors",
                "stable-diffusion-xl-base-1.0",
                "hyperrealism_v2.safetensors",
                "hyper-detail.safetensors",
                "turbocharged.safetensors",
                "calcmodel.safetensors",
                "my-style-4000steps.safetensors",
                "emoji-4steps"
            })
    void othersSayNothing(String name) {
        assertThat(FewSteps.named(Path.of(name))).isEqualTo(FewSteps.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dreamshaperXL_v21TurboDPMSDE.safetensors",
                "RealVisXL_V4.0_Lightning",
                "juggernautXL_v9Rdphoto2Lightning.safetensors",
                "lightning-4000steps.safetensors",
                "Hyper-SDXL-1step-Unet.safetensors"
            })
    void namesThatDoNotTellHowAskForIt(String name) {
        FewSteps few = FewSteps.named(Path.of(name));
        assertThat(few.sampler(OWN)).isEqualTo(OWN);
        assertThat(few.steps(50)).isEqualTo(50);
        assertThat(few.warnings(new Asked(OptionalInt.empty(), OptionalDouble.empty(), OWN)))
                .singleElement()
                .asString()
                .contains(name, "give the steps, the guidance scale and the sampler that its page names");
        assertThat(few.warnings(new Asked(OptionalInt.of(6), OptionalDouble.of(2), OWN)))
                .isEmpty();
    }

    @Test
    void whatDoesNotGoWithTheModelIsWarnedOfWithWhatDoes() {
        FewSteps few = FewSteps.named(Path.of("lcm-lora-sdv1-5"));
        List<String> warnings = few.warnings(new Asked(OptionalInt.of(50), OptionalDouble.of(7.5), OWN));
        assertThat(warnings)
                .containsExactly(
                        "50 steps, but lcm-lora-sdv1-5 (latent consistency) takes 1 to 8: give --steps 4 or leave it"
                                + " out",
                        "guidance scale 7.5, but lcm-lora-sdv1-5 (latent consistency) takes at most 2: give --guidance"
                                + " 1 or leave it out",
                        "sampler pndm with leading spacing, but lcm-lora-sdv1-5 (latent consistency) is made for lcm:"
                                + " leave --sampler and --spacing out");
        FewSteps four = FewSteps.named(Path.of("sdxl_lightning_4step_unet.safetensors"));
        SamplerConfig usual = four.sampler(OWN);
        assertThat(four.warnings(new Asked(OptionalInt.of(2), OptionalDouble.of(1.5), usual)))
                .singleElement()
                .asString()
                .contains("2 steps", "takes 4");
        assertThat(four.warnings(new Asked(OptionalInt.of(4), OptionalDouble.of(0), usual.with(SamplerKind.DDIM))))
                .isEmpty();
    }
}
