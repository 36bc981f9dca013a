package io.percolate.command.options;

import io.percolate.pipeline.model.LearnedEmbedding;
import io.percolate.pipeline.model.LoadOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** Which tokens prompts may hold beside those of the model. */
public final class EmbeddingOptions {

    @Option(
            names = "--embedding",
            paramLabel = "FILE[:TOKEN]",
            converter = EmbeddingFileAndToken.class,
            description = "textual inversion, and what it is called in prompts (default: what the file says, or its"
                    + " name); may be repeated")
    private List<LearnedEmbedding> embeddings = List.of();

    /** As they were given. */
    public List<LearnedEmbedding> all() {
        return embeddings;
    }

    /** {@code loading} with these tokens. */
    public LoadOptions over(LoadOptions loading) {
        LoadOptions learned = loading;
        for (LearnedEmbedding embedding : embeddings) {
            learned = learned.with(embedding);
        }
        return learned;
    }
}
