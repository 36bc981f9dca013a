package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEntryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"an arrow to the Left", "right hand", "leftwards", "counterclockwise", "the letter A", "a text"})
    void whatIsOneSidedIsNotMirrored(String caption) {
        assertThat(entry("a thing", caption).mayBeMirrored()).isFalse();
    }

    @Test
    void anythingElseMayBe() {
        assertThat(entry("a bright copyright sign", "a textile, swords").mayBeMirrored())
                .isTrue();
        assertThat(entry().mayBeMirrored()).isTrue();
    }

    @Test
    void anItemIsMirroredOnlyIfItMayBe() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(new DataItem(entry("left"), Position.START, seed).mirrored())
                    .isFalse();
        }
    }

    private static ImageEntry entry(String... captions) {
        return new ImageEntry(Path.of("a.png"), List.of(captions), Map.of());
    }
}
