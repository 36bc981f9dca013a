package io.percolate.cli.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EverydayPromptsTest {

    @Test
    void thereAreTwoHundredDifferentOnes() {
        assertThat(EverydayPrompts.byLabel()).hasSize(200);
        assertThat(EverydayPrompts.byLabel().values()).doesNotHaveDuplicates().allSatisfy(prompt -> assertThat(prompt)
                .isEqualTo(prompt.strip().toLowerCase(Locale.ROOT))
                .isNotEmpty());
    }

    @Test
    void theyAreFoundByTheLabel() {
        assertThat(EverydayPrompts.of(emoji("automobile"))).contains("a red car");
        assertThat(EverydayPrompts.of(emoji("registered"))).isEmpty();
    }

    private static Emoji emoji(String label) {
        Emoji.Name name = new Emoji.Name(label, List.of(), List.of(), "travel-places", "ground");
        return new Emoji("1F697", "1F697", Optional.empty(), name, Path.of("1f697.webp"));
    }
}
