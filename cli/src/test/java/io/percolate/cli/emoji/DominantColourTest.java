package io.percolate.cli.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DominantColourTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "e02020, red",
        "8a4a3c, brown",
        "9a6a30, brown",
        "ff9020, orange",
        "ffd030, yellow",
        "30a040, green",
        "3060e0, blue",
        "8040c0, purple",
        "ffb0b8, pink",
        "f4f4f8, white",
        "808084, grey",
        "101010, black"
    })
    void coloursHaveTheNamesThatPeopleGiveThem(String hex, String name) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.decode("#" + hex));
        graphics.fillRect(1, 1, 6, 6);
        graphics.dispose();
        Path file = folder.resolve("image.png");
        ImageFiles.writePng(file, image);
        assertThat(DominantColour.of(file)).hasValue(name);
    }
}
