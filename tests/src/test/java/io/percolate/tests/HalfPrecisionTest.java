package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.Pixels;
import io.percolate.vae.losses.ImageMetrics;
import io.percolate.weights.EmbeddedModel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What half precision costs, with the embedded model. */
class HalfPrecisionTest {

    private static final String[] PROMPTS = {
        "grinning face",
        "a red apple",
        "flag: France",
        "cat face",
        "woman student: medium skin tone",
        "red heart",
        "owl"
    };

    private static final int STEPS = 20;

    @BeforeEach
    void keepTheCacheHere(@TempDir Path cache) {
        System.setProperty("percolate.cache", cache.toString());
    }

    @AfterEach
    void leaveTheCache() {
        System.clearProperty("percolate.cache");
    }

    @Test
    void bfloat16DrawsTheImagesOfFloat32() {
        assumeThat(Precision.suited(Long.MAX_VALUE)).isEqualTo(Precision.BF16);
        List<BufferedImage> halves = drawn(Precision.BF16);
        List<BufferedImage> wholes = drawn(Precision.FP32);
        try (NDManager manager = TorchEngine.newManager()) {
            double[] psnr = ImageMetrics.psnr(Pixels.of(halves, manager), Pixels.of(wholes, manager));
            Arrays.sort(psnr);
            assertThat(psnr[psnr.length / 2])
                    .as("median of " + Arrays.toString(psnr))
                    .isGreaterThan(30);
        }
    }

    private static List<BufferedImage> drawn(Precision precision) {
        try (Pipeline pipeline = Pipeline.load(EmbeddedModel.folder(), precision)) {
            GenerationRequest request =
                    GenerationRequest.of(PROMPTS).steps(STEPS).seed(1).build();
            return pipeline.generate(request).stream()
                    .map(GeneratedImage::image)
                    .toList();
        }
    }
}
