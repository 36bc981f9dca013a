package io.percolate.cli.emoji;

import static io.percolate.cli.emoji.SkinTone.DARK;
import static io.percolate.cli.emoji.SkinTone.LIGHT;
import static io.percolate.cli.emoji.SkinTone.MEDIUM;
import static io.percolate.cli.emoji.SkinTone.MEDIUM_DARK;
import static io.percolate.cli.emoji.SkinTone.MEDIUM_LIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.TestImages;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The orders that occur in the package, by the brightness of the images named light, medium-light, ... dark. */
class DetectedTonesTest {

    @TempDir
    private Path folder;

    @Test
    void rightNamesAreKept() {
        assertThat(shown(250, 200, 150, 100, 50)).containsExactly(SkinTone.values());
    }

    @Test
    void exchangedNamesArePutRight() {
        assertThat(shown(250, 150, 200, 100, 50)).containsExactly(LIGHT, MEDIUM, MEDIUM_LIGHT, MEDIUM_DARK, DARK);
    }

    @Test
    void blondHairDoesNotMakeSkinLight() {
        assertThat(shown(200, 250, 150, 100, 50)).containsExactly(SkinTone.values());
        assertThat(shown(200, 150, 250, 100, 50)).containsExactly(LIGHT, MEDIUM, MEDIUM_LIGHT, MEDIUM_DARK, DARK);
    }

    @Test
    void reversedNamesArePutRight() {
        assertThat(shown(50, 150, 100, 200, 250)).containsExactly(DARK, MEDIUM, MEDIUM_DARK, MEDIUM_LIGHT, LIGHT);
    }

    private List<SkinTone> shown(int... levels) {
        List<Path> images = new ArrayList<>();
        for (int level : levels) {
            Path image = folder.resolve(level + ".png");
            ImageFiles.writePng(image, TestImages.plain(2, 2, new Color(level, level, level)));
            images.add(image);
        }
        return DetectedTones.of(images);
    }
}
