package io.percolate.tests.faults;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small images of different shapes, with captions beside them. */
final class MixedImages {

    private static final int[][] SIZES = {{16, 16}, {24, 12}, {12, 24}};

    private MixedImages() {}

    /** Writes {@code count} images of noise. */
    static void write(Path folder, int count) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            int[] size = SIZES[i % SIZES.length];
            BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, size[0], size[1], random.ints(size[0] * size[1]).toArray(), 0, size[0]);
            ImageFiles.writePng(folder.resolve(i + ".png"), image);
            Files.writeString(folder.resolve(i + ".txt"), i % 2 == 0 ? "a red ball" : "a blue box");
        }
    }
}
