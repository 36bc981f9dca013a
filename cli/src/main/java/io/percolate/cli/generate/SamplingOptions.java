package io.percolate.cli.generate;

import io.percolate.command.options.SamplerName;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How noise becomes an image; what is left out is the model's own choice. */
final class SamplingOptions {

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "inference steps (default: the model's own, as for all options of sampling)")
    private Integer steps;

    @Option(
            names = "--guidance",
            paramLabel = "G",
            description = "guidance scale: 1 is off, more follows the prompt more closely")
    private Double guidance;

    @Option(
            names = "--guidance-rescale",
            paramLabel = "PHI",
            description = "0 to 1: how far guided predictions are rescaled to the contrast of unguided ones (Lin et al."
                    + " 2024)")
    private Double rescale;

    @Option(
            names = "--guidance-interval",
            paramLabel = "LOW:HIGH",
            converter = TimestepInterval.class,
            description = "timesteps at which guidance applies, such as 100:800 (default: all)")
    private Guidance.Interval interval;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = SamplerName.class,
            completionCandidates = SamplerName.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    private SamplerKind sampler;

    @Option(
            names = "--eta",
            paramLabel = "E",
            description =
                    "noise that the samplers ddim and tcd add: 0 is none, 1 the most (default: 0 for ddim, 0.3 for tcd)")
    private Double eta;

    @Option(
            names = "--spacing",
            paramLabel = "NAME",
            converter = SpacingName.class,
            description = "timestep spacing: leading, trailing or linspace")
    private TimestepSpacing spacing;

    @Option(names = "--karras", description = "sigma schedule of Karras et al. 2022")
    private boolean karras;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        given(steps, request::steps);
        applySamplerTo(request);
        applyGuidanceTo(request);
    }

    private void applySamplerTo(GenerationRequest.Builder request) {
        given(sampler, request::sampler);
        given(spacing, request::spacing);
        given(eta, request::eta);
        if (karras) {
            request.sigmas(SigmaSpacing.KARRAS);
        }
    }

    private void applyGuidanceTo(GenerationRequest.Builder request) {
        given(guidance, request::guidanceScale);
        given(rescale, request::guidanceRescale);
        given(interval, timesteps -> request.guidanceInterval(timesteps.lowest(), timesteps.highest()));
    }

    private static <T> void given(T option, Consumer<T> request) {
        if (option != null) {
            request.accept(option);
        }
    }
}
