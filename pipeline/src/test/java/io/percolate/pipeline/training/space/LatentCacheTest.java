package io.percolate.pipeline.training.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.AspectBuckets;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.OneSize;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.TestImages;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.weights.tensors.ElementType;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With pixels in the place of latents: a colour on the left, black on the right. */
class LatentCacheTest {

    private static final ImageTransform TRANSFORM = ImageTransform.square(8);
    private static final Framing SQUARE = new OneSize(TRANSFORM);
    private static final Framing FLIPS = new OneSize(TRANSFORM.withFlips(true));

    private final NDManager manager = TorchEngine.newManager();
    private final CountingEncoder encoder = new CountingEncoder(Integer.MAX_VALUE);

    @TempDir
    private Path folder;

    @BeforeEach
    void paint() throws IOException {
        paint("a.png", Color.RED);
        Files.writeString(folder.resolve("data/b.png"), "no image");
        paint("c.png", Color.GREEN);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void everyReadableImageIsEncodedOnce() {
        try (LatentCache cache = open(SQUARE);
                LatentCache again = open(SQUARE)) {
            assertThat(encoder.count()).isEqualTo(2);
            assertThat(dataset().entries().stream().map(again::has)).containsExactly(true, false, true);
            assertThat(values(again, 2, false)).isEqualTo(values(cache, 2, false));
        }
    }

    @Test
    void aBrokenImageIsNotReadAgainUntilItChanges() throws IOException {
        open(SQUARE).close();
        assertThat(Files.readAllLines(folder.resolve("cache/images.jsonl")))
                .filteredOn(line -> line.contains("is not a PNG"))
                .hasSize(1);
        open(SQUARE).close();
        assertThat(Files.readAllLines(folder.resolve("cache/images.jsonl")))
                .filteredOn(line -> line.contains("is not a PNG"))
                .hasSize(1);
        paint("b.png", Color.BLUE);
        try (LatentCache cache = open(SQUARE)) {
            assertThat(cache.has(dataset().entries().get(1))).isTrue();
        }
    }

    @Test
    void anotherCaptionAnotherNameAndAnotherTimeEncodeNothing() throws IOException {
        open(SQUARE).close();
        Files.writeString(folder.resolve("data/a.txt"), "red");
        Files.move(folder.resolve("data/c.png"), folder.resolve("data/d.png"));
        Files.copy(folder.resolve("data/a.png"), folder.resolve("data/e.png"));
        try (LatentCache cache = open(SQUARE)) {
            assertThat(dataset().entries().stream().map(cache::has)).containsExactly(true, false, true, true);
        }
        assertThat(encoder.count()).isEqualTo(2);
    }

    @Test
    void anImageThatHasChangedIsEncodedAgainAlone() {
        open(SQUARE).close();
        paint("a.png", Color.BLUE);
        try (LatentCache cache = open(SQUARE)) {
            assertThat(encoder.count()).isEqualTo(3);
            assertThat(values(cache, 0, false)[128]).isEqualTo(1);
        }
    }

    @Test
    void mirroredImagesHaveLatentsOfTheirOwn() {
        open(SQUARE).close();
        for (int i = 0; i < 2; i++) {
            try (LatentCache cache = open(FLIPS)) {
                NDArray upright = cache.of(List.of(item(2, false)), manager);
                NDArray mirrored = cache.of(List.of(item(2, true)), manager);
                assertThat(mirrored.toFloatArray()).isNotEqualTo(upright.toFloatArray());
                assertThat(mirrored.flip(4).toFloatArray()).isEqualTo(upright.toFloatArray());
            }
        }
        assertThat(encoder.count()).isEqualTo(4);
    }

    @Test
    void anImageWhoseCaptionNamesASideIsNotMirrored() throws IOException {
        Files.writeString(folder.resolve("data/a.txt"), "red on the left");
        try (LatentCache cache = open(FLIPS)) {
            assertThat(encoder.count()).isEqualTo(3);
            assertThat(cache.has(dataset().entries().get(0))).isTrue();
        }
    }

    @Test
    void imagesOfABucketHaveItsShape() {
        ImageFiles.writePng(folder.resolve("data/wide.png"), TestImages.colourful(32, 8));
        AspectBuckets buckets = AspectBuckets.of(dataset(), TRANSFORM, 4);
        try (LatentCache cache = open(buckets)) {
            assertThat(cache.of(List.of(item(3, false)), manager).getShape().getShape())
                    .containsExactly(1, 2, 3, 4, 16);
            assertThat(cache.of(List.of(item(0, false)), manager).getShape().getShape())
                    .containsExactly(1, 2, 3, 8, 8);
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, 11", "BF16, 8", "F32, 24"})
    void numbersKeepTheBitsOfTheirType(ElementType type, int bits) {
        ImageFiles.writePng(folder.resolve("data/a.png"), TestImages.plain(8, 8, new Color(200, 100, 50)));
        try (LatentCache cache = open(SQUARE, type)) {
            float exact = 200 / 127.5f - 1;
            assertThat(values(cache, 0, false)[0]).isCloseTo(exact, within((float) (exact * Math.pow(2, -bits))));
        }
    }

    @Test
    void aDamagedShardIsEncodedAgain() throws IOException {
        open(SQUARE).close();
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            for (Path shard : files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList()) {
                Files.write(shard, new byte[20]);
            }
        }
        try (LatentCache cache = open(SQUARE)) {
            assertThat(encoder.count()).isEqualTo(4);
            assertThat(values(cache, 2, false)).hasSize(2 * 3 * 64);
        }
    }

    @Test
    void noReadableImageIsAnError() {
        ImageDataset broken =
                dataset().where(entry -> entry.file().getFileName().toString().equals("b.png"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> LatentCache.open(storage(ElementType.F16), broken, SQUARE, encoder.get(), manager))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("can be read");
        }
    }

    @Test
    void whatWasEncodedBeforeAnInterruptIsKept() throws IOException {
        ImageDataset many = many(200);
        PosteriorEncoder interrupter = new PosteriorEncoder(
                pixels -> {
                    Thread.currentThread().interrupt();
                    return encoder.get().posterior().apply(pixels);
                },
                "pixels");
        try {
            assertThatThrownBy(() -> open(many, interrupter))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(encoder.count()).isEqualTo(64); // one batch
        try (LatentCache cache = open(many, encoder.get())) {
            assertThat(many.entries()).allMatch(cache::has);
        }
        assertThat(encoder.count()).isEqualTo(200);
    }

    @Test
    void whatKilledProgramsLeftIsDeletedButNotWhatIsBeingWritten() throws IOException {
        open(SQUARE).close();
        Path shards = folder.resolve("cache/pixels-f16");
        Path old = Files.createFile(shards.resolve(".a." + UUID.randomUUID() + ".partial"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path fresh = Files.createFile(shards.resolve(".a." + UUID.randomUUID() + ".partial"));
        open(SQUARE).close();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void whatWasEncodedBeforeAKillIsNotEncodedAgain() throws IOException, InterruptedException {
        ImageDataset many = many(700);
        assertThat(KilledEncoding.run(folder.resolve("many"), folder.resolve("cache"), 420))
                .isEqualTo(KilledEncoding.KILLED);
        try (LatentCache resumed = LatentCache.open(storage(ElementType.F16), many, SQUARE, encoder.get(), manager);
                LatentCache whole = LatentCache.open(
                        new LatentStorage(folder.resolve("other"), ElementType.F16, 1 << 18, TrainingListener.NONE),
                        many,
                        SQUARE,
                        new CountingEncoder(Integer.MAX_VALUE).get(),
                        manager)) {
            assertThat(encoder.count()).isEqualTo(700 - 256); // one shard was complete
            List<DataItem> items = many.entries().stream()
                    .map(entry -> new DataItem(entry, Position.START, 0))
                    .toList();
            assertThat(resumed.of(items, manager).toFloatArray())
                    .isEqualTo(whole.of(items, manager).toFloatArray());
        }
    }

    private ImageDataset many(int count) throws IOException {
        Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < count; i++) {
            BufferedImage image = TestImages.plain(8, 8, new Color(i % 256, i / 256, 0));
            ImageIO.write(image, "png", folder.resolve("many/" + i + ".png").toFile());
        }
        return ImageDataset.open(folder.resolve("many"));
    }

    private float[] values(LatentCache cache, int image, boolean mirrored) {
        return cache.of(List.of(item(image, mirrored)), manager).toFloatArray();
    }

    private LatentCache open(Framing framing) {
        return open(framing, ElementType.F16);
    }

    private LatentCache open(Framing framing, ElementType type) {
        return LatentCache.open(storage(type), dataset(), framing, encoder.get(), manager);
    }

    private LatentCache open(ImageDataset dataset, PosteriorEncoder other) {
        return LatentCache.open(storage(ElementType.F16), dataset, SQUARE, other, manager);
    }

    private LatentStorage storage(ElementType type) {
        return new LatentStorage(folder.resolve("cache"), type, 1 << 18, TrainingListener.NONE);
    }

    private ImageDataset dataset() {
        return ImageDataset.open(folder.resolve("data"));
    }

    private DataItem item(int image, boolean mirrored) {
        ImageEntry entry = dataset().entries().get(image);
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
