package io.percolate.tests.robustness;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.ParameterText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small images of every kind, to be damaged. */
final class FuzzImages {

    private static final int SIDE = 24;
    private static final ParameterText TEXT = ParameterText.parse("a red apple\nSteps: 20, Seed: 1");

    private FuzzImages() {}

    static void read(Path file) {
        ImageFiles.read(file);
        ImageFiles.readText(file);
    }

    /** As training reads them: the header, and every third row and column. */
    static void readShrunk(Path file) {
        ImageFiles.size(file);
        ImageTransform.square(SIDE / 12).read(file);
    }

    static List<FuzzSeed> png(Path folder) {
        return List.of(
                withText(folder.resolve("text.png")),
                seed(folder.resolve("alpha.png"), image(BufferedImage.TYPE_INT_ARGB), false),
                seed(folder.resolve("palette.png"), image(BufferedImage.TYPE_BYTE_INDEXED), false),
                seed(folder.resolve("grey16.png"), image(BufferedImage.TYPE_USHORT_GRAY), false),
                seed(folder.resolve("interlaced.png"), image(BufferedImage.TYPE_INT_RGB), true));
    }

    static List<FuzzSeed> jpeg(Path folder) {
        return List.of(
                withText(folder.resolve("text.jpg")),
                seed(folder.resolve("grey.jpg"), image(BufferedImage.TYPE_BYTE_GRAY), false),
                seed(folder.resolve("progressive.jpg"), image(BufferedImage.TYPE_INT_RGB), true));
    }

    static List<FuzzSeed> webp(Path folder) {
        return List.of(
                withText(folder.resolve("text.webp")),
                seed(folder.resolve("plain.webp"), image(BufferedImage.TYPE_INT_RGB), false));
    }

    private static FuzzSeed withText(Path file) {
        ImageFiles.write(file, image(BufferedImage.TYPE_INT_RGB), TEXT);
        return FuzzSeed.of(file);
    }

    private static FuzzSeed seed(Path file, BufferedImage image, boolean progressive) {
        String name = file.getFileName().toString();
        ImageWriter writer = ImageIO.getImageWritersBySuffix(name.substring(name.indexOf('.') + 1))
                .next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return FuzzSeed.of(file, bytes.toByteArray());
    }

    /** Noise on a gradient. */
    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, type);
        Random random = new Random(1);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < SIDE * SIDE; i++) {
            graphics.setColor(new Color(i % SIDE * 10, i / SIDE * 10, random.nextInt(256)));
            graphics.fillRect(i % SIDE, i / SIDE, 1, 1);
        }
        graphics.dispose();
        return image;
    }
}
