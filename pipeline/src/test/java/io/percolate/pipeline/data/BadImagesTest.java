package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.images.CropScales;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.TestImages;
import java.awt.Color;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people's folders hold besides images; none of it ends a training as long as one image is left. */
class BadImagesTest {

    private static final List<String> READABLE =
            List.of("good.png", "whole.png", "deep.png", "moving.gif", "printed.jpg");

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        write("good.png");
        Files.write(folder.resolve("empty.png"), new byte[0]);
        Files.write(folder.resolve("half.jpg"), half(jpeg()));
        Files.write(folder.resolve("half.png"), half(Files.readAllBytes(write("whole.png"))));
        huge(write("huge.png"));
        sixteenBits();
        animated();
        TestImages.writeAnimatedWebp(
                path("moving.webp"), TestImages.colourful(20, 20), TestImages.plain(20, 20, Color.BLUE));
        TestImages.writeCmykJpeg(
                path("printed.jpg"), Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 40, 30, 4, new Point()));
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void brokenImagesAreNamedAndTheOthersComeAgainAndAgain() {
        try (BatchLoader loader = shuffled()) {
            for (int i = 0; i < 10; i++) {
                assertThat(loader.next(manager).items())
                        .extracting(item -> item.entry().file().getFileName().toString())
                        .isSubsetOf(READABLE);
            }
            assertThat(loader.skipped())
                    .containsOnlyKeys(
                            path("empty.png"),
                            path("half.jpg"),
                            path("half.png"),
                            path("huge.png"),
                            path("moving.webp"));
            assertThat(loader.broken()).isEqualTo(loader.skipped());
            assertThat(loader.skipped().get(path("huge.png")))
                    .isEqualTo(path("huge.png") + ": is a broken image (30000x30000, more than 67108864 pixels)");
        }
    }

    @Test
    void aFileThatVanishesIsLeftOut() throws IOException {
        try (BatchLoader loader =
                BatchLoader.once(ImageDataset.open(folder), LoaderConfig.evaluation(1, ImageTransform.square(8)))) {
            Files.delete(path("whole.png"));
            while (loader.hasNext()) {
                loader.next(manager).close();
            }
            assertThat(loader.broken()).doesNotContainKey(path("whole.png"));
        }
    }

    @Test
    void everyOtherImageIsRead() {
        Set<String> read = new TreeSet<>();
        try (BatchLoader loader =
                BatchLoader.once(ImageDataset.open(folder), LoaderConfig.evaluation(1, ImageTransform.square(8)))) {
            while (loader.hasNext()) {
                read.add(loader.next(manager)
                        .items()
                        .get(0)
                        .entry()
                        .file()
                        .getFileName()
                        .toString());
            }
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(READABLE);
    }

    /** With random crops, every image is read from its file each time that it comes. */
    @Test
    void aFileThatVanishesWhileTrainingIsNamedAndTheOthersComeOn() throws IOException {
        ImageTransform cropped = ImageTransform.square(8).withCrops(Optional.of(new CropScales(0.5, 1)));
        try (BatchLoader loader =
                BatchLoader.shuffled(ImageDataset.open(folder), LoaderConfig.training(3, cropped), 1, Position.START)) {
            loader.next(manager).close();
            Files.delete(path("whole.png"));
            for (int i = 0; i < 10; i++) {
                assertThat(loader.next(manager).size()).isEqualTo(3);
            }
            assertThat(loader.skipped().get(path("whole.png"))).contains("whole.png", "there is no such file");
        }
    }

    @Test
    void nothingLeftIsAnError() throws IOException {
        for (String name : READABLE) {
            Files.delete(path(name));
        }
        try (BatchLoader loader = shuffled()) {
            assertThatThrownBy(() -> loader.next(manager))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith(folder + ": no image can be read, for instance ");
        }
    }

    private BatchLoader shuffled() {
        LoaderConfig config = LoaderConfig.training(3, ImageTransform.square(8));
        return BatchLoader.shuffled(ImageDataset.open(folder), config, 1, Position.START);
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private Path write(String name) {
        ImageFiles.writePng(path(name), TestImages.colourful(40, 30));
        return path(name);
    }

    private byte[] jpeg() throws IOException {
        Path file = path("half.jpg");
        ImageIO.write(TestImages.colourful(200, 200), "jpeg", file.toFile());
        return Files.readAllBytes(file);
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    /** Says in its header that it has 900 million pixels. */
    private static void huge(Path png) throws IOException {
        byte[] bytes = Files.readAllBytes(png);
        ByteBuffer header = ByteBuffer.wrap(bytes).putInt(16, 30_000).putInt(20, 30_000);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        Files.write(png, bytes);
    }

    private void sixteenBits() throws IOException {
        ImageIO.write(
                new BufferedImage(40, 30, BufferedImage.TYPE_USHORT_GRAY),
                "png",
                path("deep.png").toFile());
    }

    private void animated() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out =
                ImageIO.createImageOutputStream(path("moving.gif").toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (Color color : new Color[] {Color.RED, Color.BLUE}) {
                writer.writeToSequence(new IIOImage(TestImages.plain(20, 20, color), null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }
}
