package io.percolate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.images.TestImages;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.testing.Reference;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path may lead into a zip file, whose files cannot be mapped into memory. */
class OtherFileSystemsTest {

    private static final GenerationRequest REQUEST =
            GenerationRequest.of("a castle").steps(2).seed(3).build();

    @TempDir
    private Path folder;

    private FileSystem zip;

    @BeforeEach
    void open() throws IOException {
        zip = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"));
    }

    @AfterEach
    void close() throws IOException {
        zip.close();
    }

    @Test
    void aModelFolderIsReadFromAZipFile() throws IOException {
        Path model = Reference.path("sd2-tiny");
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.toList()) {
                Path copy = zip.getPath("/").resolve(model.relativize(file).toString());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
        assertThat(image(zip.getPath("/"), LoadOptions.DEFAULT)).isEqualTo(image(model, LoadOptions.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-file.safetensors", "single-file-fp16.ckpt"})
    void aSingleFileIsReadFromAZipFile(String name) throws IOException {
        Path file = Reference.path("sd1-tiny").resolve(name);
        Path copy = Files.copy(file, zip.getPath(name));
        LoadOptions configs = LoadOptions.DEFAULT.withConfigs(Reference.path("sd1-tiny"));
        assertThat(image(copy, configs)).isEqualTo(image(file, configs));
    }

    @Test
    void aDataSetIsReadFromAZipFile() throws IOException {
        Path data = Files.createDirectory(zip.getPath("/data"));
        ImageFiles.writePng(data.resolve("a.png"), TestImages.colourful(8, 8));
        Files.writeString(data.resolve("metadata.jsonl"), "{\"file_name\": \"a.png\", \"text\": \"a gradient\"}");
        assertThat(ImageDataset.open(data).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.captions()).containsExactly("a gradient");
            assertThat(ImageFiles.read(entry.file()).getWidth()).isEqualTo(8);
        });
    }

    @Test
    void imagesAreWrittenIntoAZipFileAndReplaced() {
        Path file = zip.getPath("/new/a.webp");
        GeneratedImage image = new GeneratedImage(TestImages.colourful(8, 8), 0, ParameterText.of("a gradient", ""));
        image.save(file);
        image.save(file);
        assertThat(ImageFiles.readText(file)).contains(image.text());
    }

    private static byte[] image(Path model, LoadOptions options) {
        try (Pipeline pipeline = Pipeline.load(model, options)) {
            return Pixels.levels(pipeline.generate(REQUEST).get(0).image());
        }
    }
}
