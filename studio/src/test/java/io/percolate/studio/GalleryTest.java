package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.studio.gallery.Gallery;
import io.percolate.studio.gallery.GalleryImage;
import io.percolate.studio.http.Answers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {

    @TempDir
    private Path folder;

    @Test
    void imagesAreThereAfterARestartTheNewestFirst() {
        Gallery gallery = new Gallery(folder.resolve("new"));
        assertThat(gallery.page(Optional.empty(), 10)).isEmpty();
        String first = gallery.add(png(1));
        String second = gallery.add(png(2));
        Gallery reopened = new Gallery(folder.resolve("new"));
        assertThat(reopened.page(Optional.empty(), 10))
                .extracting(GalleryImage::id)
                .containsExactly(second, first);
        assertThat(reopened.page(Optional.of(second), 10))
                .extracting(GalleryImage::id)
                .containsExactly(first);
        assertThat(reopened.page(Optional.empty(), 1).get(0).text().settings()).containsEntry("Seed", "2");
    }

    @Test
    void whatIsNoImageOfTheGalleryIsNotShown() throws IOException {
        Gallery gallery = new Gallery(folder);
        gallery.add(png(1));
        Files.writeString(folder.resolve("20260101-000000000-0123abcd.png"), "no image");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThat(gallery.page(Optional.empty(), 10)).hasSize(1);
        assertThat(gallery.png("../notes")).isEmpty();
        assertThat(gallery.delete("notes.txt")).isFalse();
    }

    /** A process that writes image after image is killed several times while it writes. */
    @Test
    void aGalleryOpensWhoeverWasKilledWhileWriting() throws IOException, InterruptedException {
        for (int kill = 0; kill < 3; kill++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            writer.getInputStream().read();
            Thread.sleep(60 + 70L * kill);
            writer.destroyForcibly().waitFor();
        }
        List<GalleryImage> images = new Gallery(folder).page(Optional.empty(), 10_000);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(images).hasSize((int) files.map(Path::toString)
                    .filter(name -> name.endsWith(".png"))
                    .count());
        }
        assertThat(images).hasSizeGreaterThanOrEqualTo(3);
    }

    /** Writes images until it is killed. */
    static final class Writer {

        public static void main(String[] arguments) {
            Gallery gallery = new Gallery(new File(arguments[0]).toPath());
            byte[] png = png(3);
            while (true) {
                gallery.add(png);
                System.out.println("one more");
            }
        }
    }

    private static byte[] png(long seed) {
        ParameterText text = ParameterText.of("a disc", "")
                .with("Steps", 1)
                .with("Sampler", "ddim")
                .with("Seed", seed);
        return Answers.png(new GeneratedImage(Images.disc(64), seed, text));
    }
}
