package io.percolate.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.features.NearestImages;
import io.percolate.pipeline.evaluation.features.NearestImages.Match;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalityTest {

    @TempDir
    private Path folder;

    private ImageDataset trained;

    @BeforeEach
    void writeImages() {
        for (int i = 0; i < 3; i++) {
            ImageFiles.writePng(folder.resolve(i + ".png"), grey(100 * i));
        }
        trained = ImageDataset.open(folder);
    }

    @Test
    void aCopyIsFoundAtNoDistanceAndAnotherImageAsFarAsItsLevels() {
        List<Match> found = nearest(grey(100), grey(190));
        assertThat(found)
                .extracting(match -> match.entry().file().getFileName().toString())
                .containsExactly("1.png", "2.png");
        assertThat(found.get(0).distance()).isCloseTo(0, within(0.1));
        assertThat(found.get(1).distance()).isCloseTo(10, within(0.1));
    }

    @Test
    void theSummaryNamesTheClosestAndWhatRealImagesHave() {
        Originality originality = Originality.of(nearest(grey(100), grey(190)), nearest(grey(50)));
        assertThat(originality.closestFile()).isEqualTo("1.png");
        assertThat(originality.distance()).isCloseTo(5, within(0.1));
        assertThat(originality.distanceOfRealImages()).isCloseTo(50, within(0.1));
        assertThat(originality.summary()).contains("5.0 of 255", "held-out real images 50.0", "to 1.png");
        assertThat(Originality.of(nearest(grey(0)), List.of()).distanceOfRealImages())
                .isNull();
    }

    private List<Match> nearest(BufferedImage... images) {
        try (NDManager manager = TorchEngine.newManager();
                NDArray pixels = Pixels.of(Arrays.asList(images), manager)) {
            return NearestImages.byPixels(pixels, trained, ImageTransform.square(8));
        }
    }

    private static BufferedImage grey(int level) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[64];
        Arrays.fill(pixels, level << 16 | level << 8 | level);
        image.setRGB(0, 0, 8, 8, pixels, 0, 8);
        return image;
    }
}
