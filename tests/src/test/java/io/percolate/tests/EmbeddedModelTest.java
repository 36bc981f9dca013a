package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.weights.EmbeddedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelTest {

    @TempDir
    private static Path cache;

    private static Pipeline pipeline;

    @BeforeAll
    static void open() {
        System.setProperty("percolate.cache", cache.toString());
        pipeline = Pipeline.embedded();
    }

    @AfterAll
    static void close() {
        pipeline.close();
        System.clearProperty("percolate.cache");
    }

    @Test
    void itTakesAtMostFortyMegabytes() throws IOException {
        try (Stream<Path> files = Files.walk(EmbeddedModel.folder())) {
            assertThat(files.mapToLong(file ->
                                    file.toFile().isFile() ? file.toFile().length() : 0)
                            .sum())
                    .isBetween(1_000_000L, 40_000_000L);
        }
    }

    @Test
    void itDrawsAImageThatSaysHowItWasMade(@TempDir Path folder) {
        Path png = folder.resolve("apple.png");
        pipeline.generate("a red apple").save(png);
        BufferedImage image = ImageFiles.read(png);
        assertThat(image.getWidth()).isEqualTo(256);
        assertThat(image.getHeight()).isEqualTo(256);
        assertThat(ImageFiles.readText(png))
                .hasValueSatisfying(text -> assertThat(text.prompt()).isEqualTo("a red apple"));
    }

    /** Emoji stand on white: a model that has learned anything leaves the corners white and the middle not. */
    @Test
    void itHasLearnedWhatEmojiLookLike() {
        List<GeneratedImage> images = pipeline.generate(
                GenerationRequest.of("grinning face", "woman student: medium skin tone", "flag: Germany", "red heart")
                        .seed(1)
                        .build());
        for (GeneratedImage image : images) {
            assertThat(brightness(image.image(), 2, 2)).isGreaterThan(0.9);
            assertThat(meanBrightness(image.image())).isLessThan(0.9);
        }
    }

    /** The face of the emoji is yellow, and a medium skin tone is darker than a light one. */
    @Test
    void itFollowsThePrompt() {
        List<GeneratedImage> images =
                pipeline.generate(GenerationRequest.of("grinning face", "man: light skin tone", "man: dark skin tone")
                        .seed(1)
                        .build());
        int face = images.get(0).image().getRGB(128, 80);
        assertThat(face >> 16 & 255).isGreaterThan((face & 255) + 60);
        assertThat(meanBrightness(images.get(1).image()))
                .isGreaterThan(meanBrightness(images.get(2).image()));
    }

    /** A tiny autoencoder of its own decodes them: they are not the images that its large one decodes, but alike. */
    @Test
    void itsPreviewsLookLikeItsImages() throws IOException {
        List<BufferedImage> previews = new ArrayList<>();
        GenerationListener watcher = new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                if (progress.step() == progress.steps()) {
                    previews.addAll(progress.preview().get());
                }
            }
        };
        GenerationRequest request =
                GenerationRequest.of("grinning face").seed(1).steps(8).build();
        BufferedImage image = pipeline.generate(request, watcher).get(0).image();
        assertThat(meanDifference(previews.get(0), image)).isBetween(1e-4, 0.06);
        Path weights = EmbeddedModel.folder().resolve("preview_vae/diffusion_pytorch_model.safetensors");
        assertThat(Files.size(weights)).isLessThan(600_000);
    }

    private static double meanDifference(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < other.getHeight(); y++) {
            for (int x = 0; x < other.getWidth(); x++) {
                sum += Math.abs(brightness(one, x, y) - brightness(other, x, y));
            }
        }
        return sum / other.getHeight() / other.getWidth();
    }

    private static double meanBrightness(BufferedImage image) {
        double sum = 0;
        for (int y = 80; y < 180; y++) {
            for (int x = 80; x < 180; x++) {
                sum += brightness(image, x, y);
            }
        }
        return sum / 10_000;
    }

    private static double brightness(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 765.0;
    }
}
