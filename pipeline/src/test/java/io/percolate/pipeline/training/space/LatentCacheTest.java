package io.percolate.pipeline.training.space;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.ImageCodec;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a codec that leaves pixels as they are: red on the left, black on the right. */
class LatentCacheTest {

    private static final ImageTransform TRANSFORM = ImageTransform.square(8);

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void paint() throws IOException {
        file = folder.resolve("latents.safetensors");
        paint("a.png", Color.RED);
        Files.writeString(folder.resolve("data/b.png"), "no image");
        paint("c.png", Color.GREEN);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void anUnreadableImageIsLeftOutAndTheRestIsKept() throws IOException {
        ImageDataset dataset = dataset();
        float[] first = open(dataset, TRANSFORM)
                .of(List.of(upright(dataset, 2)), manager)
                .toFloatArray();
        Object written = Files.getLastModifiedTime(file);
        LatentCache again = open(dataset, TRANSFORM);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        assertThat(dataset.entries().stream().map(again::has)).containsExactly(true, false, true);
        assertThat(again.of(List.of(upright(dataset, 2)), manager).toFloatArray())
                .isEqualTo(first);
    }

    @Test
    void anImageThatHasChangedIsEncodedAgain() {
        float[] before = open(dataset(), TRANSFORM)
                .of(List.of(upright(dataset(), 0)), manager)
                .toFloatArray();
        paint("a.png", Color.BLUE);
        paint("b.png", Color.WHITE);
        LatentCache cache = open(dataset(), TRANSFORM);
        assertThat(cache.of(List.of(upright(dataset(), 0)), manager).toFloatArray())
                .isNotEqualTo(before);
        assertThat(cache.has(dataset().entries().get(1))).isTrue();
    }

    @Test
    void mirroredImagesHaveLatentsOfTheirOwn() {
        ImageDataset dataset = dataset();
        for (LatentCache cache :
                List.of(open(dataset, TRANSFORM.withFlips(true)), open(dataset, TRANSFORM.withFlips(true)))) {
            NDArray upright = cache.of(List.of(upright(dataset, 2)), manager);
            NDArray mirrored = cache.of(List.of(item(dataset, 2, true)), manager);
            assertThat(mirrored.toFloatArray()).isNotEqualTo(upright.toFloatArray());
            assertThat(mirrored.flip(3).toFloatArray()).isEqualTo(upright.toFloatArray());
        }
    }

    private LatentCache open(ImageDataset dataset, ImageTransform transform) {
        return LatentCache.open(
                file, dataset, transform, new LatentCache.Source(new ImageCodec.Identity(), "pixels"), manager);
    }

    private ImageDataset dataset() {
        return ImageDataset.open(folder.resolve("data"));
    }

    private static DataItem upright(ImageDataset dataset, int image) {
        return item(dataset, image, false);
    }

    private static DataItem item(ImageDataset dataset, int image, boolean mirrored) {
        ImageEntry entry = dataset.entries().get(image);
        return LongStream.range(0, 100)
                .mapToObj(seed -> new DataItem(entry, Position.START, seed))
                .filter(item -> item.mirrored() == mirrored)
                .findFirst()
                .orElseThrow();
    }

    private void paint(String name, Color left) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 32; i++) {
            image.setRGB(i % 4, i / 4, left.getRGB());
        }
        ImageFiles.writePng(folder.resolve("data").resolve(name), image);
    }
}
