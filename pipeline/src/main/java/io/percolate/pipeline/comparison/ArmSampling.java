package io.percolate.pipeline.comparison;

import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Generates an image for each of {@code subjects}: image i has the caption of subject i, if the model reads any, and seed
 * i. Both arms sample with DDIM (Song et al. 2021).
 */
record ArmSampling(List<ImageEntry> subjects, int steps) {

    private static final int AT_ONCE = 16;

    /**
     * What generating took.
     *
     * @param secondsPerImage from prompt to pixels
     * @param gflopPerPrediction arithmetic of the denoiser for one image at one step, in 10^9 operations
     */
    record Cost(double secondsPerImage, double gflopPerPrediction) {}

    /** Generates with the trained model of {@code arm}, into its folder. */
    Cost generate(Arm arm) {
        try (Pipeline pipeline = Pipeline.load(arm.run())) {
            double seconds = 0;
            for (int first = 0; first < subjects.size(); first += AT_ONCE) {
                int end = Math.min(subjects.size(), first + AT_ONCE);
                GenerationRequest.Builder request = request(arm, first, end).steps(steps);
                long start = System.nanoTime();
                List<GeneratedImage> images = pipeline.generate(request.build());
                seconds += (System.nanoTime() - start) / 1e9;
                for (int i = first; i < end; i++) {
                    images.get(i - first).save(file(arm.images(), i));
                }
            }
            return new Cost(seconds / subjects.size(), gflopPerPrediction(arm, pipeline));
        }
    }

    /** The images that were generated. */
    List<BufferedImage> read(Arm arm) {
        return IntStream.range(0, subjects.size())
                .mapToObj(i -> ImageFiles.read(file(arm.images(), i)))
                .toList();
    }

    private GenerationRequest.Builder request(Arm arm, int first, int end) {
        GenerationRequest.Builder request = arm.hasText()
                ? GenerationRequest.of(subjects.subList(first, end).stream()
                        .map(ImageEntry::caption)
                        .toArray(String[]::new))
                : GenerationRequest.of().count(end - first);
        return request.sampler(SamplerKind.DDIM).seed(first).batchLimit(AT_ONCE);
    }

    /** What an image of two steps takes more than one of one step, without guidance. */
    private double gflopPerPrediction(Arm arm, Pipeline pipeline) {
        double[] flops = new double[2];
        for (int i = 0; i < flops.length; i++) {
            GenerationRequest request =
                    request(arm, 0, 1).steps(i + 1).guidanceScale(1).build();
            flops[i] = FlopCounter.count(() -> pipeline.generate(request)).total();
        }
        return (flops[1] - flops[0]) / 1e9;
    }

    private static Path file(Path folder, int image) {
        return folder.resolve("%04d.png".formatted(image));
    }
}
