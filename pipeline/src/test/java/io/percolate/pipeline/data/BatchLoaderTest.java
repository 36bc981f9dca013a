package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.TestImages;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderTest {

    private static final ImageTransform SMALL = ImageTransform.square(4);

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    private Path folder;

    /** Ten plain images whose red is 20 times their number. */
    @BeforeEach
    void writeImages() throws IOException {
        for (int i = 0; i < 10; i++) {
            ImageFiles.writePng(folder.resolve(i + ".png"), TestImages.plain(8, 8, new Color(20 * i, 0, 255)));
            Files.writeString(folder.resolve(i + ".txt"), "number " + i);
        }
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void onePassGivesEveryImageAndAShortLastBatch() {
        try (BatchLoader loader = loader(LoaderConfig.evaluation(4, SMALL))) {
            Batch first = loader.next(manager);
            assertThat(first.images().getShape()).isEqualTo(new Shape(4, 3, 4, 4));
            assertThat(first.captions()).containsExactly("number 0", "number 1", "number 2", "number 3");
            assertThat(first.images().get("3, 0, 0, 0").getFloat()).isCloseTo(60 / 127.5f - 1, within(1e-6f));
            assertThat(first.images().get("3, 2, 3, 3").getFloat()).isEqualTo(1);
            assertThat(loader.next(manager).size()).isEqualTo(4);
            assertThat(loader.next(manager).captions()).containsExactly("number 8", "number 9");
            assertThat(loader.hasNext()).isFalse();
            assertThatThrownBy(() -> loader.next(manager)).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void batchesDoNotDependOnTheNumberOfThreads() {
        assertThat(reds(1, Position.START, 12)).isEqualTo(reds(5, Position.START, 12));
    }

    @Test
    void resumingGivesTheSameBatches() {
        List<List<Integer>> whole = reds(2, Position.START, 8);
        Position afterFive;
        try (BatchLoader loader = shuffled(2, Position.START)) {
            for (int i = 0; i < 4; i++) {
                loader.next(manager).close();
            }
            afterFive = loader.next(manager).next();
        }
        assertThat(reds(2, afterFive, 3)).isEqualTo(whole.subList(5, 8));
    }

    @Test
    void brokenImagesAreLeftOutAndNamed() throws IOException {
        Path broken = Files.writeString(folder.resolve("3.png"), "broken");
        Files.delete(folder.resolve("9.png"));
        Files.writeString(folder.resolve("metadata.csv"), "file_name\n2.png\n3.png\n4.png\n9.png\n");
        try (BatchLoader loader = loader(LoaderConfig.evaluation(4, SMALL))) {
            assertThat(red(loader.next(manager))).containsExactly(40, 80);
            assertThat(loader.hasNext()).isFalse();
            assertThat(loader.skipped()).containsOnlyKeys(broken, folder.resolve("9.png"));
            assertThat(loader.skipped().get(broken)).startsWith(broken + ": is not a PNG");
        }
    }

    @Test
    void onlyBrokenImagesAreAnError() throws IOException {
        for (int i = 0; i < 10; i++) {
            Files.writeString(folder.resolve(i + ".png"), "broken");
        }
        try (BatchLoader loader = shuffled(2, Position.START)) {
            assertThatThrownBy(() -> loader.next(manager))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith(folder + ": no image can be read, for instance ");
        }
    }

    @Test
    void flipsMirrorHalfOfTheTimes() throws IOException {
        var leftIsDark = TestImages.plain(4, 4, Color.WHITE);
        leftIsDark.getSubimage(0, 0, 2, 4).createGraphics().clearRect(0, 0, 2, 4);
        ImageFiles.writePng(folder.resolve("0.png"), leftIsDark);
        Files.writeString(folder.resolve("metadata.csv"), "file_name\n0.png\n");
        ImageDataset dataset = ImageDataset.open(folder);
        int mirrored = 0;
        LoaderConfig config = LoaderConfig.training(1, SMALL.withFlips(true));
        try (BatchLoader loader = BatchLoader.shuffled(dataset, config, 5, Position.START)) {
            for (int i = 0; i < 40; i++) {
                try (Batch batch = loader.next(manager)) {
                    float[] row = batch.images().get("0, 0, 0").toFloatArray();
                    assertThat(row[0]).isEqualTo(-row[3]);
                    mirrored += row[0] > 0 ? 1 : 0;
                }
            }
        }
        assertThat(mirrored).isBetween(10, 30);
    }

    @Test
    void imagesAreDecodedOnlyOnceIfTheyFitInMemory() throws IOException {
        try (BatchLoader loader = shuffled(2, Position.START)) {
            loader.next(manager).close();
            red(loader.next(manager));
            red(loader.next(manager));
            red(loader.next(manager));
            for (int i = 0; i < 10; i++) {
                Files.delete(folder.resolve(i + ".png"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(loader.next(manager).size()).isEqualTo(3);
            }
            assertThat(loader.skipped()).isEmpty();
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        shuffled(3, Position.START).close();
        for (int i = 0; i < 1500 && decoders() > 0; i++) {
            Thread.sleep(20);
        }
        assertThat(decoders()).isZero();
    }

    private static long decoders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("percolate-decoder"))
                .count();
    }

    private List<List<Integer>> reds(int threads, Position start, int batches) {
        List<List<Integer>> reds = new ArrayList<>();
        try (BatchLoader loader = shuffled(threads, start)) {
            for (int i = 0; i < batches; i++) {
                reds.add(red(loader.next(manager)));
            }
        }
        return reds;
    }

    private static List<Integer> red(Batch batch) {
        try (batch) {
            List<Integer> reds = new ArrayList<>();
            for (float red : batch.images().get(":, 0, 0, 0").toFloatArray()) {
                reds.add(Math.round((red + 1) * 127.5f));
            }
            return reds;
        }
    }

    private BatchLoader loader(LoaderConfig config) {
        ImageDataset dataset = ImageDataset.open(folder);
        return new BatchLoader(dataset, config, DataOrder.once(dataset));
    }

    private BatchLoader shuffled(int threads, Position start) {
        ImageDataset dataset = ImageDataset.open(folder);
        LoaderConfig config = new LoaderConfig(3, new OneSize(SMALL), CaptionChoice.ANY, threads);
        return BatchLoader.shuffled(dataset, config, 11, start);
    }
}
