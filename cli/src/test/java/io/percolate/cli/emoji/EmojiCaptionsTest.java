package io.percolate.cli.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmojiCaptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "red apple|red apple",
                "flag: France|flag of France",
                "keycap: 1|keycap 1",
                "family: man, woman, girl|family of man, woman, girl",
                "kiss: woman, man|kiss of woman, man",
                "waving hand: light skin tone|waving hand with light skin tone",
                "man: dark skin tone, beard|man with dark skin tone and beard",
                "woman: bald|woman, bald",
                "man running: medium skin tone, facing right|man running with medium skin tone, facing right",
            })
    void labelsAreSpokenAsPeopleWould(String label, String spoken) {
        assertThat(EmojiCaptions.spoken(label)).isEqualTo(spoken);
    }

    @Test
    void labelComesFirstAndToneIsNeverLost() {
        Emoji cook = emoji("woman cook: dark skin tone", Optional.of(SkinTone.DARK), "chef", "cook", "woman");
        assertThat(EmojiCaptions.of(cook, () -> Optional.of("blue")))
                .containsExactly(
                        "woman cook: dark skin tone",
                        "woman cook with dark skin tone",
                        "a woman cook with dark skin tone",
                        "a 3d emoji of a woman cook with dark skin tone",
                        "woman cook with dark skin tone, chef",
                        "chef, cook, woman, dark skin tone");
    }

    @Test
    void everyKeywordIsSaid() {
        Emoji hot =
                emoji("hot face", Optional.empty(), "dying", "face", "feverish", "heat", "hot", "panting", "sweating");
        assertThat(EmojiCaptions.of(hot, Optional::empty))
                .contains("dying, face, feverish", "heat, hot, panting, sweating");
    }

    @Test
    void nounsTakeTheirArticle() {
        assertThat(EmojiCaptions.of(emoji("astronaut", Optional.empty()), Optional::empty))
                .contains("an astronaut");
        assertThat(EmojiCaptions.of(emoji("glass", Optional.empty()), Optional::empty))
                .contains("a glass");
        assertThat(EmojiCaptions.of(emoji("raising hands", Optional.empty()), Optional::empty))
                .containsExactly("raising hands", "a 3d emoji of raising hands");
        assertThat(EmojiCaptions.of(emoji("face with hearts", Optional.empty()), Optional::empty))
                .contains("a face with hearts");
    }

    @Test
    void quotesAreWhatAKeyboardHas() {
        assertThat(EmojiCaptions.of(emoji("eight o\u2019clock", Optional.empty(), "8 o\u2019clock"), Optional::empty))
                .startsWith("eight o'clock")
                .contains("eight o'clock, 8 o'clock");
    }

    @Test
    void nicknamesAndColoursAreSaid() {
        Emoji.Name name =
                new Emoji.Name("automobile", List.of("car"), List.of("car", "red car"), "travel-places", "ground");
        Emoji car = new Emoji("1F697", "1F697", Optional.empty(), name, Path.of("1f697.webp"));
        assertThat(EmojiCaptions.of(car, () -> Optional.of("red")))
                .contains("car", "an automobile", "a car", "a red automobile")
                .doesNotContain("a red car", "red car", "a red red car");
    }

    @Test
    void whatIsCalledByAColourHasNoOther() {
        Emoji.Name name = new Emoji.Name("green apple", List.of(), List.of("granny smith"), "food-drink", "fruit");
        Emoji apple = new Emoji("1F34F", "1F34F", Optional.empty(), name, Path.of("1f34f.webp"));
        assertThat(EmojiCaptions.of(apple, () -> Optional.of("green"))).contains("a green granny smith");
        assertThat(EmojiCaptions.of(apple, () -> Optional.of("red"))).noneMatch(caption -> caption.contains("red"));
    }

    private static Emoji emoji(String label, Optional<SkinTone> tone, String... keywords) {
        Emoji.Name name = new Emoji.Name(label, List.of(keywords), List.of(), "people-body", "person");
        return new Emoji("1F600", "1F600", tone, name, Path.of("1f600.webp"));
    }
}
