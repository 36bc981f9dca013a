package io.percolate.cli.generate;

import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.pipeline.generation.GenerationRequest;
import picocli.CommandLine.Option;

/** What images should not show, and how prompts are read. */
final class PromptOptions {

    @Option(names = "--negative", paramLabel = "TEXT", description = "what the images should not show")
    private String negative;

    @Option(
            names = "--weighted",
            description = "read (word:1.3) as a word that counts more and [word] as one that counts less,"
                    + " and long prompts whole, with BREAK between their chunks")
    private boolean weighted;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            description = "leave out the last N layers of the text encoder (default: 0)")
    private int clipSkip;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        if (negative != null) {
            request.negativePrompt(negative);
        }
        request.clipSkip(clipSkip).syntax(weighted ? PromptSyntax.WEIGHTED : PromptSyntax.PLAIN);
    }
}
