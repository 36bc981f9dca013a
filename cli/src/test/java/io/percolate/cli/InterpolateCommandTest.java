package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpolateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aStripGoesFromOneImageToTheOther() {
        Path strip = folder.resolve("strips/strip.png");
        CommandRun run = CommandRun.of(
                "interpolate",
                image("first.png", Color.RED),
                image("last.png", Color.BLUE),
                "--model",
                CommandRun.MODEL,
                "--prompt",
                "an apple",
                "--count",
                2,
                "--tolerance",
                0.5,
                "--out",
                strip);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(strip.toString());
        BufferedImage images = ImageFiles.read(strip);
        assertThat(images.getWidth()).isEqualTo(2 * 66 + 2);
        assertThat(images.getHeight()).isEqualTo(68);
    }

    private Path image(String name, Color colour) {
        BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(10, 10, 40, 40);
        graphics.dispose();
        Path file = folder.resolve(name);
        ImageFiles.writePng(file, image);
        return file;
    }
}
