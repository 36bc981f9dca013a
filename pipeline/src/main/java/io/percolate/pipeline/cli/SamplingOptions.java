package io.percolate.pipeline.cli;

import io.percolate.diffusion.samplers.SamplerKind;
import io.percolate.diffusion.samplers.SigmaSpacing;
import io.percolate.diffusion.samplers.TimestepSpacing;
import io.percolate.pipeline.GenerationRequest;
import io.percolate.pipeline.GenerationRequest.Size;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** What is drawn and how; whatever is absent is the model's own choice. */
final class SamplingOptions {

    @Option(names = "--negative", paramLabel = "TEXT", description = "what to lead away from")
    private String negative;

    @Option(names = "--steps", paramLabel = "N", description = "inference steps")
    private Integer steps;

    @Option(
            names = "--guidance",
            paramLabel = "G",
            description = "guidance scale: 1 follows the prompt as it is, more exaggerates it")
    private Double guidance;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = Choices.SamplerName.class,
            completionCandidates = Choices.SamplerName.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    private SamplerKind sampler;

    @Option(
            names = "--spacing",
            paramLabel = "NAME",
            converter = Choices.SpacingName.class,
            description = "where the timesteps are: leading, trailing or linspace")
    private TimestepSpacing spacing;

    @Option(names = "--karras", description = "place noise levels as Karras et al. 2022 do")
    private boolean karras;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Choices.WidthByHeight.class,
            description = "width and height in pixels")
    private Size size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "seed of the first picture, the next ones count on from it (default: drawn at random)")
    private Long seed;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "pictures of each prompt (default: ${DEFAULT-VALUE})")
    private int count;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        request.negativePrompt(negative).sampler(sampler).spacing(spacing).count(count);
        request.seed(seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed);
        if (karras) {
            request.sigmas(SigmaSpacing.KARRAS);
        }
        if (size != null) {
            request.size(size.width(), size.height());
        }
        if (steps != null) {
            request.steps(steps);
        }
        if (guidance != null) {
            request.guidanceScale(guidance);
        }
    }
}
