package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.testing.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDefaultsTest {

    private static final ModelDefaults USUAL = new ModelDefaults("usual", 64, 64, 50, 1);

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() {
        ModelDefaults digits = new ModelDefaults("digits", 32, 48, 20, 2).withNullClass(10);
        digits.write(folder);
        assertThat(ModelDefaults.read(folder, USUAL)).isEqualTo(digits);
    }

    @Test
    void whatAFolderDoesNotSayIsUsual() {
        assertThat(ModelDefaults.read(folder, USUAL)).isEqualTo(USUAL);
    }

    @Test
    void aNullClassThatTheDenoiserDoesNotKnowIsRefusedWhenItIsLoaded() {
        copy(Reference.path("ddpm-tiny"), folder);
        JsonConfig.of(Map.of("null_class", 10)).write(folder.resolve("percolate.json"));
        assertThatThrownBy(() -> Pipeline.load(folder)).hasMessageContaining("null_class 10, but the denoiser knows 0");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
