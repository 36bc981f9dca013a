package io.percolate.cli.generate;

import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.Size;
import java.util.List;
import picocli.CommandLine.Option;

/** How many images there are, how large and of which seeds. */
final class ImageOptions {

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = WidthByHeight.class,
            description = "width and height in pixels (default: the size that the model is trained for)")
    private Size size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "seed of the first image; the next ones have S+1, S+2 and so on (default: random)")
    private Long seed;

    @Option(names = "--seeds", paramLabel = "S", split = ",", description = "one seed for each image, such as 1,2,3")
    private List<Long> seeds = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "images of each prompt (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--batch-limit",
            paramLabel = "N",
            defaultValue = "8",
            description = "most images in one batch; fewer need less memory (default: ${DEFAULT-VALUE})")
    private int batchLimit;

    /** Asks for all that was given. */
    void applyTo(GenerationRequest.Builder request) {
        if (seed != null && !seeds.isEmpty()) {
            throw new IllegalArgumentException("--seed and --seeds exclude each other: leave one of them out");
        }
        if (seed != null) {
            request.seed(seed);
        }
        if (!seeds.isEmpty()) {
            request.seeds(seeds.stream().mapToLong(Long::longValue).toArray());
        }
        request.count(count).batchLimit(batchLimit);
        if (size != null) {
            request.size(size.width(), size.height());
        }
    }
}
