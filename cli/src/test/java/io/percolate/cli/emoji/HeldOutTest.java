package io.percolate.cli.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeldOutTest {

    private static final List<String> GENDERS = List.of("person", "man", "woman");

    /** As many as there are images of: 304 emoji with tones, in threes of a person, a man and a woman. */
    private static final List<Emoji> ALL = emoji(304);

    private static final Set<String> HELD_OUT = HeldOut.hexcodes(ALL);

    @Test
    void sixtyFourImagesAreHeldOut() {
        assertThat(HELD_OUT).hasSize(64);
    }

    @Test
    void everyEmojiIsTrainedInFourTonesAtLeastAndWithoutTone() {
        for (Emoji base : ALL) {
            if (base.tone().isEmpty()) {
                assertThat(trained()).contains(base);
                assertThat(trained())
                        .filteredOn(emoji -> emoji.base().equals(base.hexcode()))
                        .hasSizeGreaterThanOrEqualTo(5);
            }
        }
    }

    @Test
    void tonesAndGendersAreHeldOutEqually() {
        List<Emoji> heldOut =
                ALL.stream().filter(emoji -> HELD_OUT.contains(emoji.hexcode())).toList();
        assertThat(heldOut.stream()
                        .collect(Collectors.groupingBy(Emoji::tone, Collectors.counting()))
                        .values())
                .hasSize(5)
                .allMatch(count -> count >= 12 && count <= 13);
        assertThat(heldOut.stream()
                        .collect(Collectors.groupingBy(
                                emoji -> emoji.name().label().split(" ")[0], Collectors.counting()))
                        .values())
                .hasSize(3)
                .allMatch(count -> count >= 19 && count <= 24);
    }

    @Test
    void theChoiceIsAlwaysTheSame() {
        assertThat(HeldOut.hexcodes(ALL)).containsExactlyElementsOf(HELD_OUT).startsWith("0-LIGHT", "4-MEDIUM_LIGHT");
    }

    @Test
    void smallSetsGiveUpOneImageEach() {
        assertThat(HeldOut.hexcodes(emoji(3))).containsExactly("0-LIGHT", "1-MEDIUM_LIGHT", "2-MEDIUM");
        assertThat(HeldOut.hexcodes(List.of())).isEmpty();
    }

    private static List<Emoji> trained() {
        return ALL.stream().filter(emoji -> !HELD_OUT.contains(emoji.hexcode())).toList();
    }

    private static List<Emoji> emoji(int count) {
        List<Emoji> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Emoji.Name name =
                    new Emoji.Name(GENDERS.get(i % 3) + " " + i / 3, List.of(), List.of(), "people-body", "person");
            all.add(new Emoji("" + i, "" + i, Optional.empty(), name, Path.of(i + ".webp")));
            for (SkinTone tone : SkinTone.values()) {
                all.add(new Emoji(i + "-" + tone, "" + i, Optional.of(tone), name, Path.of(i + "-" + tone + ".webp")));
            }
        }
        return all;
    }
}
