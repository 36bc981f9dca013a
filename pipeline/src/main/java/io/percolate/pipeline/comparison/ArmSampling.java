package io.percolate.pipeline.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.training.session.TrainingClock;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Generates an image for each of {@code subjects}: image i has the caption of subject i, if the model reads any, and seed
 * i. All arms sample with DDIM (Song et al. 2021).
 *
 * @param subjects what is generated, one image each
 * @param steps inference steps of each image
 * @param clock what measures how long it takes
 */
record ArmSampling(List<ImageEntry> subjects, int steps, TrainingClock clock) {

    private static final int AT_ONCE = 16;

    /**
     * What generating took.
     *
     * @param secondsPerImage from prompt to pixels
     * @param gflopPerPrediction arithmetic of the denoiser for one image at one step, in 10^9 operations
     */
    record Result(double secondsPerImage, double gflopPerPrediction) {}

    /** The same for the first {@code count} subjects. */
    ArmSampling first(int count) {
        return new ArmSampling(subjects.subList(0, Math.min(count, subjects.size())), steps, clock);
    }

    /** Generates with the trained model of {@code run}, into {@code folder}. */
    Result generate(ArmRun run, Path folder) {
        try (Pipeline pipeline = Pipeline.load(run.folder())) {
            double seconds = 0;
            for (int first = 0; first < subjects.size(); first += AT_ONCE) {
                int end = Math.min(subjects.size(), first + AT_ONCE);
                GenerationRequest.Builder request =
                        request(pipeline, first, end).steps(steps);
                double start = clock.seconds();
                List<GeneratedImage> images = pipeline.generate(request.build());
                seconds += clock.seconds() - start;
                for (int i = first; i < end; i++) {
                    images.get(i - first).save(file(folder, i));
                }
            }
            return new Result(seconds / subjects.size(), gflopPerPrediction(pipeline));
        }
    }

    /** What the model of {@code run} begins with, decoded: unit noise, one for each subject. */
    List<BufferedImage> noise(ArmRun run, int side) {
        List<BufferedImage> images = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.load(run.folder());
                NDManager manager = TorchEngine.newManager(pipeline.device())) {
            NDArray noise = new RandomStream(0)
                    .normal(manager, pipeline.codec().shape(subjects.size(), side, side), DataType.FLOAT32);
            Gradients.off(() -> {
                pipeline.codec().decodeEach(noise, pixels -> images.addAll(Pixels.images(pixels)));
                return null;
            });
        }
        return images;
    }

    /** The images in {@code folder} that were generated. */
    List<BufferedImage> read(Path folder) {
        return IntStream.range(0, subjects.size())
                .mapToObj(i -> ImageFiles.read(file(folder, i)))
                .toList();
    }

    private GenerationRequest.Builder request(Pipeline pipeline, int first, int end) {
        GenerationRequest.Builder request = pipeline.takesText()
                ? GenerationRequest.of(subjects.subList(first, end).stream()
                        .map(ImageEntry::caption)
                        .toArray(String[]::new))
                : GenerationRequest.of().count(end - first);
        return request.sampler(SamplerKind.DDIM).seed(first).batchLimit(AT_ONCE);
    }

    /** What an image of two steps takes more than one of one step, without guidance. */
    private double gflopPerPrediction(Pipeline pipeline) {
        double[] flops = new double[2];
        for (int i = 0; i < flops.length; i++) {
            GenerationRequest request =
                    request(pipeline, 0, 1).steps(i + 1).guidanceScale(1).build();
            flops[i] = FlopCounter.count(() -> pipeline.generate(request)).total();
        }
        return (flops[1] - flops[0]) / 1e9;
    }

    private static Path file(Path folder, int image) {
        return folder.resolve("%04d.png".formatted(image));
    }
}
