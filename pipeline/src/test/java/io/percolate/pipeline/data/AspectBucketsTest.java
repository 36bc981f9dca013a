package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.images.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seven wide images, five high ones, three squares, in batches of four. */
class AspectBucketsTest {

    private static final PixelSize WIDE = new PixelSize(48, 16);
    private static final PixelSize HIGH = new PixelSize(16, 64);
    private static final PixelSize SQUARE = new PixelSize(32, 32);

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeImages() {
        write("wide", 7, 100, 40);
        write("high", 5, 30, 120);
        write("square", 3, 50, 49);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void sizesAreMultiplesOfAboutEqualArea() {
        List<PixelSize> sizes = BucketSizes.around(new PixelSize(512, 512), 64).sizes();
        assertThat(sizes)
                .contains(new PixelSize(512, 512), new PixelSize(256, 1024), new PixelSize(704, 320))
                .doesNotHaveDuplicates()
                .allSatisfy(size -> {
                    assertThat(size.width() % 64 + size.height() % 64).isZero();
                    assertThat(size.area()).isBetween(512 * 512 * 3 / 4L, 512 * 512L);
                    assertThat(size.aspectRatio()).isBetween(0.25, 4.0);
                });
    }

    @Test
    void eachImageGoesToTheNearestShape() {
        BucketSizes sizes = BucketSizes.around(new PixelSize(512, 512), 64);
        assertThat(sizes.nearest(new PixelSize(5120, 2880))).isEqualTo(new PixelSize(640, 384));
        assertThat(sizes.nearest(new PixelSize(100, 3000))).isEqualTo(new PixelSize(256, 1024));
        assertThat(sizes.nearest(new PixelSize(7, 7))).isEqualTo(new PixelSize(512, 512));
    }

    @Test
    void anEpochHasEveryImageOnceInBatchesOfOneSize() {
        Set<Path> seen = new HashSet<>();
        try (BatchLoader loader = loader(Position.START)) {
            while (seen.size() < 15) {
                try (Batch batch = loader.next(manager)) {
                    PixelSize size = batch.frames().get(0).size();
                    assertThat(batch.frames()).extracting(Frame::size).containsOnly(size);
                    assertThat(batch.images().getShape())
                            .isEqualTo(new Shape(batch.size(), 3, size.height(), size.width()));
                    assertThat(batch.items())
                            .allMatch(item -> seen.add(item.entry().file()));
                }
            }
        }
    }

    @Test
    void eachImageIsFramedByItsShape() {
        AspectBuckets buckets = buckets();
        ImageDataset.open(folder).entries().forEach(entry -> assertThat(
                        buckets.of(entry).size())
                .isEqualTo(
                        switch (entry.label()) {
                            case "wide" -> WIDE;
                            case "high" -> HIGH;
                            default -> SQUARE;
                        }));
    }

    @Test
    void resumingGivesTheSameBatches() {
        List<List<Path>> whole = new ArrayList<>();
        Position afterThree = Position.START;
        try (BatchLoader loader = loader(Position.START)) {
            for (int i = 0; i < 9; i++) {
                try (Batch batch = loader.next(manager)) {
                    whole.add(files(batch));
                    afterThree = i == 2 ? batch.next() : afterThree;
                }
            }
        }
        try (BatchLoader loader = loader(afterThree)) {
            for (List<Path> expected : whole.subList(3, 9)) {
                try (Batch batch = loader.next(manager)) {
                    assertThat(files(batch)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void imagesWithoutAHeaderAreLeftOut() throws IOException {
        Path broken = folder.resolve("wide/3.png");
        Files.write(broken, new byte[0]);
        ImageDataset dataset = ImageDataset.open(folder);
        AspectBuckets buckets = buckets();
        assertThat(dataset.where(buckets::has).size()).isEqualTo(14);
        assertThatThrownBy(() -> AspectBuckets.of(
                        dataset.where(entry -> entry.file().equals(broken)), ImageTransform.square(32), 16))
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder + ": no image can be read");
    }

    private static List<Path> files(Batch batch) {
        return batch.items().stream().map(item -> item.entry().file()).toList();
    }

    private AspectBuckets buckets() {
        return AspectBuckets.of(ImageDataset.open(folder), ImageTransform.square(32), 16);
    }

    private BatchLoader loader(Position start) {
        ImageDataset dataset = ImageDataset.open(folder);
        return BatchLoader.shuffled(dataset, LoaderConfig.training(4, buckets()), 3, start);
    }

    private void write(String name, int count, int width, int height) {
        for (int i = 0; i < count; i++) {
            ImageFiles.writePng(folder.resolve(name).resolve(i + ".png"), TestImages.colourful(width, height));
        }
    }
}
