package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.evaluation.CaptionQueries.Asked;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Generates images to judge a model by: image i has seed i. */
record SampledImages(Pipeline pipeline, int side, SampleBudget budget) {

    private static final int BATCH = 16;

    /** An image for each of {@code prompts}. */
    List<BufferedImage> of(List<Asked> prompts) {
        return of(prompts, 0);
    }

    /** The same for prompts from number {@code first} on. */
    List<BufferedImage> of(List<Asked> prompts, int first) {
        List<BufferedImage> images = new ArrayList<>();
        for (int start = 0; start < prompts.size(); start += BATCH) {
            List<Asked> part = prompts.subList(start, Math.min(prompts.size(), start + BATCH));
            String[] told = part.stream().map(Asked::prompt).toArray(String[]::new);
            images.addAll(generate(GenerationRequest.of(told), first + start));
        }
        return images;
    }

    /** {@code count} images of nothing in particular. */
    List<BufferedImage> unconditional(int count) {
        return unconditional(0, count);
    }

    /** Those from number {@code first} up to {@code last}, without it. */
    List<BufferedImage> unconditional(int first, int last) {
        List<BufferedImage> images = new ArrayList<>();
        for (int start = first; start < last; start += BATCH) {
            GenerationRequest.Builder request =
                    pipeline.takesText() ? GenerationRequest.of("") : GenerationRequest.of();
            images.addAll(generate(request.count(Math.min(BATCH, last - start)), start));
        }
        return images;
    }

    private List<BufferedImage> generate(GenerationRequest.Builder request, long seed) {
        return pipeline
                .generate(budget.applyTo(request).size(side, side).seed(seed).build())
                .stream()
                .map(GeneratedImage::image)
                .toList();
    }
}
