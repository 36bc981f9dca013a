package io.percolate.pipeline.cli;

import io.percolate.pipeline.GenerationRequest;
import io.percolate.pipeline.GenerationRequest.Size;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** How many pictures there are, how large and of which seeds. */
final class PictureOptions {

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

    @Option(names = "--seeds", paramLabel = "S", split = ",", description = "seeds, one for each picture: 1,2,3")
    private List<Long> seeds = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "pictures of each prompt (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--batch-limit",
            paramLabel = "N",
            defaultValue = "8",
            description = "pictures that are drawn at once; fewer need less memory (default: ${DEFAULT-VALUE})")
    private int batchLimit;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        if (seed != null && !seeds.isEmpty()) {
            throw new IllegalArgumentException("--seed and --seeds exclude each other: leave one of them out");
        }
        request.seeds(seeds()).count(count).batchLimit(batchLimit);
        if (size != null) {
            request.size(size.width(), size.height());
        }
    }

    private long[] seeds() {
        if (!seeds.isEmpty()) {
            return seeds.stream().mapToLong(Long::longValue).toArray();
        }
        return new long[] {seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed};
    }
}
