package io.percolate.pipeline.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStripTest {

    private static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff};

    @TempDir
    private Path folder;

    @Test
    void theFirstRowOfEverySampleComesBelowTheOneBefore() {
        for (int i = 0; i < COLOURS.length; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 256; pixel++) {
                image.setRGB(pixel % 16, pixel / 16, COLOURS[i]);
            }
            ImageFiles.writePng(
                    folder.resolve("step-000000%d.png".formatted(i)),
                    new ImageGrid(4, 4).draw(Collections.nCopies(8, image)));
        }
        Path strip = folder.resolve("strip.png");
        SampleStrip.write(folder, 16, strip);
        SampleStrip.write(folder, 16, strip);
        BufferedImage written = ImageFiles.read(strip);
        int row = written.getHeight() / COLOURS.length;
        for (int i = 0; i < COLOURS.length; i++) {
            assertThat(written.getRGB(4 + 4 + 8, i * row + 8) & 0xffffff).isEqualTo(COLOURS[i]);
        }
    }
}
