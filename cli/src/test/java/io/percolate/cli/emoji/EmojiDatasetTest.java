package io.percolate.cli.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.images.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmojiDatasetTest {

    @TempDir
    private Path folder;

    private Path packages;
    private Path out;
    private FakePackages fake;

    @BeforeEach
    void makePackages() throws IOException {
        packages = folder.resolve("packages");
        out = folder.resolve("data/emoji");
        fake = new FakePackages(packages);
        fake.emoji("1F34E", "red apple", "apple", "fruit", "red", "ripe");
        fake.emojiWithTones("1F44B", "waving hand");
        fake.emojiWithTones("1F44D", "thumbs up");
        fake.finish();
    }

    @Test
    void everyEmojiGetsItsImageAndItsWords() {
        assertThat(prepare()).isEqualTo(new EmojiDataset.Summary(13, 2, 3));
        ImageDataset dataset = ImageDataset.open(out);
        assertThat(dataset.entries()).allSatisfy(entry -> ImageFiles.read(entry.file()));
        ImageEntry apple = dataset.entries().get(0);
        assertThat(apple.captions())
                .containsExactly(
                        "red apple",
                        "a red apple",
                        "a 3d emoji of a red apple",
                        "red apple, fruit, ripe",
                        "apple, fruit, red, ripe",
                        "apple",
                        "an apple",
                        "fruit",
                        "a fruit",
                        "red",
                        "a red",
                        "ripe",
                        "a ripe",
                        "a red fruit");
        assertThat(apple.fields())
                .containsEntry("group", "people-body")
                .containsEntry("kind", "person")
                .containsEntry("base", "1F34E")
                .containsEntry("everyday", "an apple that is red")
                .doesNotContainKeys("variant", "weight");
        assertThat(dataset.entries().get(2).fields())
                .containsEntry("base", "1F44B")
                .containsEntry("variant", "light")
                .containsEntry("weight", "0.25");
        assertThat(out.resolve("NOTICE")).content().contains("MIT License").contains("Microsoft");
    }

    @Test
    void heldOutImagesAreMarked() {
        prepare();
        assertThat(ImageDataset.open(out).split(Split.HELD_OUT).entries())
                .extracting(ImageEntry::caption)
                .containsExactly("waving hand: light skin tone", "thumbs up: medium-light skin tone");
    }

    @Test
    void zodiacIsUnseenUnlessItIsAskedFor() throws IOException {
        fake.emoji("2648", "Aries", "ram").put("subgroup", 3);
        fake.finish();
        prepare();
        ImageDataset all = ImageDataset.open(out);
        assertThat(all.split(Split.UNSEEN).entries())
                .extracting(ImageEntry::caption)
                .containsExactly("Aries");
        EmojiDataset.from(packages).ofKind("zodiac").prepare(out, PreparationListener.NONE);
        assertThat(ImageDataset.open(out).split(Split.TRAIN).entries())
                .extracting(ImageEntry::caption)
                .containsExactly("Aries");
        EmojiDataset unknown = EmojiDataset.from(packages).ofKind("horoscope");
        assertThatThrownBy(() -> unknown.prepare(out, PreparationListener.NONE))
                .hasMessage("no emoji is of kind 'horoscope': use one of person, zodiac");
    }

    @Test
    void shortcodesOfOneEmojiAreNicknames() throws IOException {
        fake.emoji("1F34F", "green apple", "fruit");
        fake.shortcodes("{\"1F34E\": [\"pomme\", \"flag_fr\"], \"1F34F\": \"granny_smith\"}");
        fake.finish();
        prepare();
        List<ImageEntry> entries = ImageDataset.open(out).entries();
        assertThat(entries.get(0).captions()).contains("a pomme", "a ripe").doesNotContain("fruit", "flag fr");
        assertThat(entries.get(13).captions()).contains("a granny smith").doesNotContain("a red granny smith");
    }

    @Test
    void fileNamesMayBeSpelledInManyWays() throws IOException {
        fake.image("2a-fe0f-20e3");
        fake.image("002a-fe0f-20e3");
        fake.emoji("002A-FE0F-20E3", "keycap: *");
        fake.image("1f3f4-e0067_e0062");
        fake.emoji("1F3F4-E0067-E0062", "flag: England");
        fake.finish();
        assertThat(prepare().images()).isEqualTo(15);
    }

    @Test
    void tonesAreWhatTheImagesShow() throws IOException {
        String mediumLight = "1f44b-1f3fc";
        String medium = "1f44b-1f3fd";
        fake.exchange(mediumLight, medium);
        prepare();
        assertThat(ImageDataset.open(out).entries())
                .filteredOn(entry -> entry.file().toString().contains("1f44b-"))
                .extracting(entry -> entry.fields().get("variant"))
                .containsExactly("light", "medium", "medium-light", "medium-dark", "dark");
        assertThat(ImageDataset.open(out).entries().get(3).caption()).isEqualTo("waving hand: medium skin tone");
    }

    @Test
    void oneImageIsNotTaughtUnderTwoNames() throws IOException {
        fake.emoji("1F431", "cat face");
        fake.emoji("1F63A", "grinning cat");
        fake.sameImage("1f431", "1f63a");
        fake.emoji("1F34F", "Red apple");
        fake.finish();
        prepare();
        assertThat(ImageDataset.open(out).entries())
                .extracting(ImageEntry::caption)
                .doesNotHaveDuplicates()
                .contains("cat face")
                .doesNotContain("grinning cat", "Red apple");
    }

    @Test
    void preparingAgainGivesTheSame() throws IOException {
        prepare();
        String before = Files.readString(out.resolve("metadata.jsonl"));
        prepare();
        assertThat(out.resolve("metadata.jsonl")).content().isEqualTo(before);
        assertThat(files(out.getParent())).containsExactly("emoji");
    }

    @Test
    void interruptedPreparationLeavesNothing() throws IOException {
        PreparationListener fault = (stage, done, total) -> {
            if (stage == PreparationListener.Stage.WRITING && done == 5) {
                throw new IllegalStateException("the power went out");
            }
        };
        assertThatThrownBy(() -> EmojiDataset.from(packages).prepare(out, fault))
                .hasMessage("the power went out");
        assertThat(files(out.getParent())).isEmpty();
    }

    @Test
    void leftoversOfAKilledRunAreSweptAway() throws IOException {
        Path leftover = out.resolveSibling(".emoji.incomplete/result/1f34e.webp");
        Files.createDirectories(leftover.getParent());
        Files.writeString(leftover, "half an image");
        assertThat(prepare().images()).isEqualTo(13);
        assertThat(files(out.getParent())).containsExactly("emoji");
    }

    @Test
    void twoRunsDoNotDisturbEachOther() {
        PreparationListener intruder = (stage, done, total) -> assertThatThrownBy(this::prepare)
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        out + " is being prepared by another run (this process): wait for it, or give another folder");
        assertThat(EmojiDataset.from(packages).prepare(out, intruder).images()).isEqualTo(13);
    }

    @Test
    void otherFoldersAreNotOverwritten() throws IOException {
        Files.createDirectories(out);
        Path thesis = Files.writeString(out.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(this::prepare)
                .isInstanceOf(DatasetException.class)
                .hasMessage(out + " holds something else: give a new or empty folder");
        assertThat(thesis).exists();
    }

    @Test
    void missingAndOtherVersionsAreNamed() throws IOException {
        assertThatThrownBy(() -> EmojiDataset.from(folder.resolve("absent")).prepare(out, PreparationListener.NONE))
                .hasMessageContaining("absent is not a folder");
        Files.writeString(
                packages.resolve("emojibase-data/package.json"),
                "{\"name\": \"emojibase-data\", \"version\": \"1.0.0\"}");
        assertThatThrownBy(this::prepare).hasMessageContaining("is version 1.0.0, not 17.0.0");
        Files.delete(packages.resolve("emojibase-data/package.json"));
        assertThatThrownBy(this::prepare)
                .isInstanceOf(DatasetException.class)
                .hasMessage(packages + " has no package emojibase-data: unpack emojibase-data@17.0.0 into it");
    }

    private EmojiDataset.Summary prepare() {
        return EmojiDataset.from(packages).prepare(out, PreparationListener.NONE);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }
}
