package io.percolate.cli.generate;

import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.pipeline.generation.GenerationRequest;
import picocli.CommandLine.Option;

/** The negative prompt, and how prompts are read. */
final class PromptOptions {

    @Option(
            names = "--negative",
            paramLabel = "TEXT",
            description = "what the images should not show; takes effect with a guidance scale above 1")
    private String negative;

    @Option(
            names = "--weighted",
            description = "read (word:1.3) as a word of more weight and [word] as one of less, and read long prompts to"
                    + " their end, in chunks that BREAK separates")
    private boolean weighted;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            description = "skip the last N layers of the text encoder (default: 0)")
    private int clipSkip;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        if (negative != null) {
            request.negativePrompt(negative);
        }
        request.clipSkip(clipSkip).syntax(weighted ? PromptSyntax.WEIGHTED : PromptSyntax.PLAIN);
    }
}
