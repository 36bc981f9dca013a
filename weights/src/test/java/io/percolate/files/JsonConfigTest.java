package io.percolate.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonConfigTest {

    @TempDir
    Path folder;

    @Test
    void readsAPublishedConfig() {
        JsonConfig config =
                JsonConfig.read(Path.of(System.getProperty("percolate.testdata"), "sd1-tiny/unet/config.json"));
        assertThat(config.string("_class_name")).isEqualTo("UNet2DConditionModel");
        assertThat(config.integers("block_out_channels")).isNotEmpty();
        assertThat(config.integers("attention_head_dim", 3)).hasSize(3);
        assertThat(config.number("norm_eps", 1)).isEqualTo(1e-5);
        assertThat(config.isNull("class_embed_type")).isTrue();
        assertThat(config.integer("no_such_key", 7)).isEqualTo(7);
    }

    @Test
    void errorsNameFileKeyAndValue() {
        JsonConfig config = json("{\"in_channels\": \"three\", \"blocks\": [1, 2.5], \"steps\": 1e99}");
        assertThatThrownBy(() -> config.integer("in_channels", 3))
                .isInstanceOf(BadFileException.class)
                .hasMessage(folder.resolve("config.json") + ": in_channels is \"three\" but must be an integer");
        assertThatThrownBy(() -> config.integers("blocks"))
                .hasMessageContaining("blocks is [1,2.5] but must be a list");
        assertThatThrownBy(() -> config.integer("steps")).hasMessageContaining("steps is 1.0E99");
        assertThatThrownBy(() -> config.flag("absent"))
                .hasMessageContaining("absent is missing, it must be true or false");
    }

    @Test
    void optionsNobodyHonouredAreRefusedByName() {
        JsonConfig config = json("{\"_class_name\": \"X\", \"a\": 1, \"b\": 0.0, \"c\": null, \"dual\": true}");
        config.integer("a");
        assertThatThrownBy(() -> config.refuseUnread(Map.of("b", 0)))
                .hasMessageEndingWith("options that are not supported: dual = true");
        config.refuseUnread(Map.of("b", 0, "dual", true));
    }

    @Test
    void infinityIsANumberAsInPublishedSchedulers() {
        assertThat(json("{\"lambda_min_clipped\": -Infinity}").number("lambda_min_clipped"))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void malformedFilesEndInOneLine() {
        for (String text :
                List.of("", "{", "[1]", "{\"a\":1,\"a\":2}", "{} {}", "[".repeat(2000), "\u0000", "<html>")) {
            assertThatThrownBy(() -> json(text))
                    .as(text)
                    .isInstanceOf(BadFileException.class)
                    .hasMessageStartingWith(folder.resolve("config.json") + ": ")
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("\n");
        }
    }

    @Test
    void writesAsDiffusersDoes() throws IOException {
        Path file = folder.resolve("deep/config.json");
        JsonConfig.of(Map.of("b", List.of(1, 2), "a", Map.of("d", true, "c", 0.5), "e", List.of()))
                .write(file);
        assertThat(file)
                .hasContent(
                        """
                {
                  "a": {
                    "c": 0.5,
                    "d": true
                  },
                  "b": [
                    1,
                    2
                  ],
                  "e": []
                }
                """);
        assertThat(Files.list(file.getParent())).containsExactly(file);
    }

    private JsonConfig json(String text) {
        Path file = folder.resolve("config.json");
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return JsonConfig.read(file);
    }
}
