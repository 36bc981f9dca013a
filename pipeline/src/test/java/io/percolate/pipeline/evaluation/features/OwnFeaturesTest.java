package io.percolate.pipeline.evaluation.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFeaturesTest {

    private static final int SIDE = 16;
    private static final NDManager MANAGER = TorchEngine.newManager();

    @TempDir
    private static Path folder;

    private static ImageDataset dataset;
    private static NDArray shapes;

    @BeforeAll
    static void writeImages() {
        for (int i = 0; i < 16; i++) {
            ImageFiles.writePng(folder.resolve(i + ".png"), shape(i));
        }
        dataset = ImageDataset.open(folder);
        shapes = Pixels.of(
                dataset.entries().stream()
                        .map(entry -> ImageTransform.square(SIDE).read(entry.file()))
                        .toList(),
                MANAGER);
    }

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    @Test
    void shapesAreNearerToShapesThanNoiseIs() {
        try (ImageFeatures features = new FeatureChoice.Own(40).open(dataset, SIDE, MANAGER)) {
            FeatureMetrics halves = features.compare(shapes.get(":8"), shapes.get("8:"));
            FeatureMetrics noise = features.compare(shapes.get("8:"), Pixels.of(noise(8), MANAGER));
            assertThat(noise.kernel()).isGreaterThan(halves.kernel());
            assertThat(halves.summary()).contains("of a small network of this project, trained on this data set");
        }
    }

    @Test
    void trainingTellsImagesApart() {
        try (OwnFeatures before = OwnFeatures.train(dataset, SIDE, 0, MANAGER);
                OwnFeatures after = OwnFeatures.train(dataset, SIDE, 40, MANAGER)) {
            assertThat(similarity(after)).isLessThan(similarity(before));
        }
    }

    @Test
    void theSameStepsGiveTheSameFeatures() {
        try (OwnFeatures one = OwnFeatures.train(dataset, SIDE, 3, MANAGER);
                OwnFeatures other = OwnFeatures.train(dataset, SIDE, 3, MANAGER)) {
            assertThat(one.of(shapes).toDoubleArray())
                    .isEqualTo(other.of(shapes).toDoubleArray());
        }
    }

    @Test
    void tooFewImagesToLearnFromAreSaid() {
        assertThatThrownBy(() -> OwnFeatures.train(dataset.first(3), SIDE, 1, MANAGER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 3 images, but features are learned from 4 or more");
    }

    /** The mean cosine between features of different images. */
    private static double similarity(OwnFeatures network) {
        NDArray features = network.of(shapes);
        NDArray directions =
                features.div(features.square().sum(new int[] {1}, true).sqrt());
        return directions.matMul(directions.transpose()).mean().getDouble();
    }

    private static BufferedImage shape(int i) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(i * 0.37f, 1, 1));
        if (i % 2 == 0) {
            graphics.fillOval(2 + i % 3, 2, 9, 11);
        } else {
            graphics.fillRect(2, 2 + i % 3, 11, 9);
        }
        graphics.dispose();
        return image;
    }

    private static List<BufferedImage> noise(int count) {
        Random random = new Random(1);
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, SIDE, SIDE, random.ints(SIDE * SIDE).toArray(), 0, SIDE);
            images.add(image);
        }
        return images;
    }
}
