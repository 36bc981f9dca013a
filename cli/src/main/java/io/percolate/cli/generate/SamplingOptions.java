package io.percolate.cli.generate;

import io.percolate.cli.options.Choices;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.pipeline.generation.GenerationRequest;
import picocli.CommandLine.Option;

/** How noise becomes an image; whatever is absent is the model's own choice. */
final class SamplingOptions {

    @Option(names = "--steps", paramLabel = "N", description = "inference steps")
    private Integer steps;

    @Option(
            names = "--guidance",
            paramLabel = "G",
            description = "guidance scale: 1 follows the prompt as it is, more exaggerates it")
    private Double guidance;

    @Option(
            names = "--guidance-rescale",
            paramLabel = "PHI",
            description = "0 to 1: how far guided predictions get back the contrast of those without (Lin et al. 2024)")
    private Double rescale;

    @Option(
            names = "--guidance-interval",
            paramLabel = "LOW:HIGH",
            converter = Choices.TimestepInterval.class,
            description = "the timesteps at which guidance applies, such as 100:800 (default: all)")
    private Guidance.Interval interval;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = Choices.SamplerName.class,
            completionCandidates = Choices.SamplerName.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    private SamplerKind sampler;

    @Option(
            names = "--eta",
            paramLabel = "E",
            description = "noise that the sampler ddim adds: 0, none, to 1, as much as ddpm (default: 0)")
    private Double eta;

    @Option(
            names = "--spacing",
            paramLabel = "NAME",
            converter = Choices.SpacingName.class,
            description = "where the timesteps are: leading, trailing or linspace")
    private TimestepSpacing spacing;

    @Option(names = "--karras", description = "place noise levels as Karras et al. 2022 do")
    private boolean karras;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        request.sampler(sampler).spacing(spacing);
        if (karras) {
            request.sigmas(SigmaSpacing.KARRAS);
        }
        if (steps != null) {
            request.steps(steps);
        }
        if (eta != null) {
            request.eta(eta);
        }
        applyGuidanceTo(request);
    }

    private void applyGuidanceTo(GenerationRequest.Builder request) {
        if (guidance != null) {
            request.guidanceScale(guidance);
        }
        if (rescale != null) {
            request.guidanceRescale(rescale);
        }
        if (interval != null) {
            request.guidanceInterval(interval.lowest(), interval.highest());
        }
    }
}
