package io.percolate.pipeline.comparison.arms;

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
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Samples with DDIM (Song et al. 2021). */
record DiffusionGenerator(Pipeline pipeline, List<ImageEntry> subjects, int steps) implements ArmGenerator {

    @Override
    public List<BufferedImage> images(int first, int end) {
        GenerationRequest request = request(first, end).steps(steps).build();
        return pipeline.generate(request).stream().map(GeneratedImage::image).toList();
    }

    private GenerationRequest.Builder request(int first, int end) {
        GenerationRequest.Builder request = pipeline.takesText()
                ? GenerationRequest.of(subjects.subList(first, end).stream()
                        .map(ImageEntry::caption)
                        .toArray(String[]::new))
                : GenerationRequest.of().count(end - first);
        return request.sampler(SamplerKind.DDIM).seed(first).batchLimit(end - first);
    }

    /** Unit noise, one for each subject, decoded. */
    @Override
    public List<BufferedImage> noise(int side) {
        List<BufferedImage> images = new ArrayList<>();
        try (NDManager manager = TorchEngine.newManager(pipeline.device())) {
            NDArray noise = new RandomStream(0)
                    .normal(manager, pipeline.codec().shape(subjects.size(), side, side), DataType.FLOAT32);
            Gradients.off(() -> {
                pipeline.codec().decodeEach(noise, pixels -> images.addAll(Pixels.images(pixels)));
                return null;
            });
        }
        return images;
    }

    /** What an image of two steps takes more than one of one step, without guidance. */
    @Override
    public double gflopPerPrediction() {
        double[] flops = new double[2];
        for (int i = 0; i < flops.length; i++) {
            GenerationRequest request =
                    request(0, 1).steps(i + 1).guidanceScale(1).build();
            flops[i] = FlopCounter.count(() -> pipeline.generate(request)).total();
        }
        return (flops[1] - flops[0]) / 1e9;
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
