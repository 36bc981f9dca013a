package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.Color;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.commons.imaging.formats.jpeg.exif.ExifRewriter;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

    @TempDir
    private Path folder;

    @Test
    void pngComesBackAsItWasWritten() {
        BufferedImage image = TestImages.colourful(7, 5);
        Path file = folder.resolve("new/image.png");
        ImageFiles.writePng(file, image);
        assertThat(Argb.pixels(ImageFiles.read(file))).isEqualTo(Argb.pixels(image));
    }

    @Test
    void writingLeavesNothingElseInTheFolder() throws IOException {
        ImageFiles.writePng(folder.resolve("image.png"), TestImages.colourful(3, 3));
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("image.png");
        }
    }

    @Test
    void greyKeepsItsLevel() throws IOException {
        BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        assertThat(only(saved(grey, "png"))).isEqualTo(new Color(100, 100, 100));
    }

    @Test
    void sixteenBitGreyIsScaledToEight() throws IOException {
        BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100 * 257);
        assertThat(only(saved(grey, "png"))).isEqualTo(new Color(100, 100, 100));
    }

    @Test
    void sixteenBitColourIsScaledToEight() throws IOException {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {10 * 257, 100 * 257, 200 * 257});
        assertThat(only(saved(new BufferedImage(model, raster, false, null), "png")))
                .isEqualTo(new Color(10, 100, 200));
    }

    @Test
    void greyWithAlphaIsLaidOnTheBackground() throws IOException {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {100, 51});
        Path file = saved(new BufferedImage(model, raster, false, null), "png");
        assertThat(only(file)).isEqualTo(new Color(224, 224, 224)); // 0.2 * 100 + 0.8 * 255
    }

    @Test
    void paletteColoursAreLookedUp() throws IOException {
        byte[] red = {0, 10};
        byte[] green = {0, 100};
        byte[] blue = {0, (byte) 200};
        BufferedImage indexed =
                new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(1, 2, red, green, blue));
        indexed.getRaster().setSample(0, 0, 0, 1);
        assertThat(only(saved(indexed, "png"))).isEqualTo(new Color(10, 100, 200));
        assertThat(only(saved(indexed, "gif"))).isEqualTo(new Color(10, 100, 200));
    }

    @Test
    void transparencyShowsTheBackground() throws IOException {
        BufferedImage translucent = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        translucent.setRGB(0, 0, 0x80FF0000);
        Path file = saved(translucent, "png");
        assertThat(only(file)).isEqualTo(new Color(255, 127, 127));
        assertThat(new Color(ImageFiles.read(file, Color.BLACK).getRGB(0, 0))).isEqualTo(new Color(128, 0, 0));
        assertThat(ImageFiles.readWithAlpha(file).getRGB(0, 0)).isEqualTo(0x80FF0000);
    }

    @Test
    void bmpAndWebpAreRead() throws IOException {
        BufferedImage plain = TestImages.plain(16, 16, new Color(200, 60, 30));
        assertThat(only(saved(plain, "bmp"))).isEqualTo(new Color(200, 60, 30));
        Color lossy = only(saved(plain, "webp"));
        assertThat(lossy.getRed()).isBetween(197, 203);
        assertThat(lossy.getGreen()).isBetween(57, 63);
        assertThat(lossy.getBlue()).isBetween(27, 33);
    }

    @Test
    void printersColoursBecomeScreenColours() throws IOException {
        Raster pureCyan = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
        byte[] inverted = ((DataBufferByte) pureCyan.getDataBuffer()).getData();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) (i % 4 == 0 ? 0 : 255); // Adobe stores 255 - ink
        }
        Color color = only(TestImages.writeCmykJpeg(folder.resolve("cmyk.jpg"), pureCyan));
        assertThat(color.getRed()).isLessThan(60);
        assertThat(color.getGreen()).isGreaterThan(120);
        assertThat(color.getBlue()).isGreaterThan(180);
    }

    /** Where the upper left corner of the stored image has to appear: the EXIF specification's table for tag 0x0112. */
    @ParameterizedTest
    @CsvSource({
        "1,0,0,32,16",
        "2,1,0,32,16",
        "3,1,1,32,16",
        "4,0,1,32,16",
        "5,0,0,16,32",
        "6,1,0,16,32",
        "7,1,1,16,32",
        "8,0,1,16,32"
    })
    void exifOrientationIsApplied(int orientation, int right, int bottom, int width, int height) throws Exception {
        BufferedImage upright = ImageFiles.read(jpegWithOrientation(orientation));
        assertThat(new int[] {upright.getWidth(), upright.getHeight()}).containsExactly(width, height);
        int marked = upright.getRGB(right * (width - 1), bottom * (height - 1)) & 255;
        int opposite = upright.getRGB((1 - right) * (width - 1), (1 - bottom) * (height - 1)) & 255;
        assertThat(marked).isGreaterThan(200);
        assertThat(opposite).isLessThan(50);
    }

    @Test
    void missingFileIsNamed() {
        Path file = folder.resolve("absent.png");
        assertThatThrownBy(() -> ImageFiles.read(file))
                .isInstanceOf(BrokenImageException.class)
                .hasMessage(file + ": there is no such file");
    }

    @Test
    void fileOfAnotherKindIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.png"), "not an image");
        assertThatThrownBy(() -> ImageFiles.read(file))
                .isInstanceOf(BrokenImageException.class)
                .hasMessage(file + ": is not a PNG, JPEG, WebP, GIF or BMP image");
    }

    @ParameterizedTest
    @CsvSource({"png", "jpeg", "webp", "gif", "bmp"})
    void truncatedFileIsRefused(String format) throws IOException {
        Path file = saved(TestImages.colourful(64, 64), format);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ImageFiles.read(file))
                .isInstanceOf(BrokenImageException.class)
                .hasMessageStartingWith(file + ": is a broken image (")
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message).doesNotContain("\n"));
    }

    @Test
    void imageThatWouldFillTheMemoryIsRefusedUnread() throws IOException {
        Path file = saved(TestImages.plain(4, 4, Color.RED), "png");
        byte[] bytes = Files.readAllBytes(file);
        CRC32 checksum = new CRC32();
        ByteBuffer header = ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
        checksum.update(bytes, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        Files.write(file, bytes);
        assertThatThrownBy(() -> ImageFiles.read(file)).hasMessageContaining("60000x60000, more than 67108864 pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "webp", "gif", "bmp"})
    void damagedFilesNeverEndInAnotherError(String format) throws IOException {
        Path file = saved(TestImages.colourful(48, 40), format);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            byte[] damaged = Arrays.copyOf(whole, whole.length - random.nextInt(2) * random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            damaged[random.nextInt(Math.min(64, damaged.length))] = (byte) random.nextInt();
            Files.write(file, damaged);
            Throwable thrown = catchThrowable(() -> ImageFiles.read(file));
            assertThat(thrown == null || thrown instanceof BrokenImageException)
                    .describedAs("case %d: %s", i, thrown)
                    .isTrue();
        }
    }

    private Color only(Path file) {
        BufferedImage image = ImageFiles.read(file);
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        return new Color(image.getRGB(0, 0));
    }

    private Path saved(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("saved." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private Path jpegWithOrientation(int orientation) throws Exception {
        BufferedImage corner = TestImages.plain(32, 16, Color.BLACK);
        corner.getSubimage(0, 0, 8, 8).createGraphics().fillRect(0, 0, 8, 8);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(corner, "jpeg", jpeg);
        TiffOutputSet exif = new TiffOutputSet();
        exif.getOrCreateRootDirectory().add(TiffTagConstants.TIFF_TAG_ORIENTATION, (short) orientation);
        Path file = folder.resolve("turned.jpg");
        try (var out = Files.newOutputStream(file)) {
            new ExifRewriter().updateExifMetadataLossless(jpeg.toByteArray(), out, exif);
        }
        return file;
    }
}
