package io.percolate.pipeline.fewstep;

import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.fewstep.Distilled.ScaleRange;
import io.percolate.pipeline.fewstep.Distilled.StepRange;

/** The few-step models that are published, and how their pages say that they are sampled. */
final class Published {

    private static final StepRange FOUR = new StepRange(1, 4, 8);

    private Published() {}

    /** Luo et al. 2023: latent consistency LoRAs, and models that they are merged into. */
    static FewSteps consistency(String source) {
        return new Distilled(source, "latent consistency", SamplerSetting.of(SamplerKind.LCM), FOUR, ScaleRange.OFF);
    }

    /** Luo et al. 2023: models that are told the guidance scale. */
    static FewSteps guidedConsistency(String source) {
        return new Distilled(
                source,
                "latent consistency model",
                SamplerSetting.of(SamplerKind.LCM),
                FOUR,
                new ScaleRange(8, Double.POSITIVE_INFINITY));
    }

    /** Zheng et al. 2024. */
    static FewSteps trajectoryConsistency(String source) {
        return new Distilled(
                source,
                "trajectory consistency",
                SamplerSetting.of(SamplerKind.TCD),
                new StepRange(1, 4, 50),
                ScaleRange.OFF);
    }

    /** A turbo model, known by nothing but where its sampler begins. */
    static FewSteps trailing(String source, SamplerKind kind) {
        return new Distilled(source, "turbo by its scheduler", SamplerSetting.trailing(kind), FOUR, ScaleRange.OFF);
    }

    /** Sauer et al. 2023: both predict the noise of images of 512 pixels. */
    static FewSteps turbo(String source, boolean xl) {
        SamplerSetting setting = SamplerSetting.trailing(xl ? SamplerKind.EULER_A : SamplerKind.EULER)
                .predicting(Prediction.EPSILON);
        return new Distilled(source, xl ? "SDXL-Turbo" : "SD-Turbo", setting, FOUR, ScaleRange.OFF).withSide(512);
    }

    /** Lin et al. 2024, SDXL-Lightning: for one step it predicts the image. */
    static FewSteps lightning(String source, int steps) {
        SamplerSetting setting = SamplerSetting.trailing(SamplerKind.EULER);
        return new Distilled(
                source,
                "Lightning of " + count(steps),
                steps == 1 ? setting.predicting(Prediction.X0) : setting,
                StepRange.exactly(steps),
                ScaleRange.OFF);
    }

    /** Ren et al. 2024: one LoRA is for one step and more, the others for their own number. */
    static FewSteps hyper(String source, int steps) {
        return steps == 1
                ? new Distilled(
                        source,
                        "Hyper-SD",
                        SamplerSetting.of(SamplerKind.TCD).withEta(1),
                        new StepRange(1, 1, 8),
                        ScaleRange.OFF)
                : new Distilled(
                        source,
                        "Hyper-SD of " + count(steps),
                        SamplerSetting.trailing(SamplerKind.DDIM),
                        StepRange.exactly(steps),
                        ScaleRange.OFF);
    }

    /** Those of Hyper-SD that are guided, by 5 to 8. */
    static FewSteps guidedHyper(String source, int steps) {
        return new Distilled(
                source,
                "guided Hyper-SD of " + count(steps),
                SamplerSetting.trailing(SamplerKind.DDIM),
                new StepRange(steps, steps, 2 * steps),
                new ScaleRange(5, 8));
    }

    private static String count(int steps) {
        return steps == 1 ? "1 step" : steps + " steps";
    }
}
