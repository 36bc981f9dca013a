package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of the images that {@link ManyImages} encodes by the hundred thousand. */
class ManyImagesTest {

    private static final int IMAGES = 2000;

    /** Some 16 MB are Percolate and its libraries; decoded, the images and their latents are 10 MB more. */
    private static final String HEAP = "40m";

    @TempDir
    private Path folder;

    @Test
    void imagesAreEncodedOnceAndInLittleHeapAlsoWhenTheProgramIsKilled() throws IOException, InterruptedException {
        ManyImages images = new ManyImages(folder, IMAGES, HEAP);
        images.prepare();
        assertThat(images.killAfter(IMAGES * 6 / 10)).isBetween(IMAGES * 6 / 10, IMAGES - 1);
        images.finish();
    }
}
