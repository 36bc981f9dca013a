package io.percolate.cli;

import io.percolate.command.options.SamplerName;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.evaluation.SampleBudget;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many images {@code percolate evaluate} generates, and how. */
final class SampleOptions {

    private static final int IMAGES = 256;

    @Option(
            names = {"--images", "--captions"},
            paramLabel = "N",
            description = "how many images to generate, or how many captions of the training split to generate one for;"
                    + " those of the held-out split come on top (default: 256). With --likelihood, how many to"
                    + " measure (default: 16)")
    private Integer images;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "inference steps (default: the model's own, at most " + SampleBudget.ENOUGH_STEPS + ")")
    private Integer steps;

    @Option(names = "--guidance", paramLabel = "G", description = "guidance scale (default: the model's own)")
    private Double guidance;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = SamplerName.class,
            completionCandidates = SamplerName.class,
            description = "one of ${COMPLETION-CANDIDATES} (default: the model's own)")
    private SamplerKind sampler;

    /** Fails if {@code what}, which generates no images, is to do so in a way of its own. */
    void requireNoChoice(String what) {
        if (guidance != null || sampler != null) {
            throw new IllegalArgumentException("--guidance and --sampler are for images that are generated, and " + what
                    + " needs none: leave them out");
        }
    }

    /** How many images, if that is given. */
    Optional<Integer> images() {
        return Optional.ofNullable(images);
    }

    /**
     * What is asked for, of a model of {@code own} steps.
     *
     * @throws IllegalArgumentException if that is too little
     */
    SampleBudget budget(int own) {
        return SampleBudget.of(images().orElse(IMAGES), steps, own)
                .with(new SampleBudget.Choice(Optional.ofNullable(guidance), Optional.ofNullable(sampler)));
    }

    /** What is asked for, of the model of {@code pipeline}. */
    SampleBudget budget(Pipeline pipeline) {
        return budget(pipeline.defaults().steps());
    }
}
