package io.percolate.conditioning.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.conditioning.tokenizer.BytePairVocabulary.Merge;
import io.percolate.testing.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTrainerTest {

    private static final List<String> CAPTIONS = List.of(
            "a red apple", "a green apple", "grinning face", "Red heart", "woman's hat", "a face with tears of joy 😂");

    @Test
    void mostFrequentPairIsMergedFirst() {
        BytePairVocabulary vocabulary = VocabularyTrainer.learn(List.of("aab aab ab", "b"), 2);
        assertThat(vocabulary.merges()).containsExactly(new Merge("a", "b</w>"), new Merge("a", "ab</w>"));
    }

    @Test
    void learnedVocabularyHasTheFilesAndKeysOfPublishedOnes(@TempDir Path folder) throws IOException {
        VocabularyTrainer.learn(CAPTIONS, 1000).save(folder, SpecialTokens.clip(16));
        Path published = Reference.path("sd1-tiny/tokenizer");
        ObjectMapper json = new ObjectMapper();
        for (String file : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            assertThat(keys(json, folder.resolve(file))).isEqualTo(keys(json, published.resolve(file)));
        }
        assertThat(json.readTree(folder.resolve("special_tokens_map.json").toFile()))
                .isEqualTo(json.readTree(
                        published.resolve("special_tokens_map.json").toFile()));
        List<String> bytes = fieldNames(json, folder.resolve("vocab.json")).subList(0, 512);
        assertThat(bytes)
                .isEqualTo(fieldNames(json, published.resolve("vocab.json")).subList(0, 512));
    }

    @Test
    void everyWordOfTheCaptionsIsOneToken(@TempDir Path folder) {
        VocabularyTrainer.learn(CAPTIONS, 1000).save(folder, SpecialTokens.clip(16));
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            assertThat(tokenizer.encode("a GREEN  face with tears of joy").count())
                    .isEqualTo(2 + 7);
            assertThat(tokenizer.words("woman's 😂")).hasSize(3);
            assertThat(tokenizer.words("unheard")).hasSizeGreaterThan(1);
            assertThat(tokenizer.maxLength()).isEqualTo(16);
        }
    }

    @Test
    void orderOfTheCaptionsDoesNotMatter() {
        List<String> reversed = new ArrayList<>(CAPTIONS);
        Collections.reverse(reversed);
        assertThat(VocabularyTrainer.learn(reversed, 30)).isEqualTo(VocabularyTrainer.learn(CAPTIONS, 30));
    }

    @Test
    @Timeout(300)
    void thousandsOfWordsTakeSeconds() {
        Random random = new Random(1);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            words.add(random.ints(3 + random.nextInt(9), 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        assertThat(VocabularyTrainer.learn(words, 2000).merges()).hasSize(2000);
    }

    private static Set<String> keys(ObjectMapper json, Path file) throws IOException {
        return new HashSet<>(fieldNames(json, file));
    }

    private static List<String> fieldNames(ObjectMapper json, Path file) throws IOException {
        List<String> names = new ArrayList<>();
        json.readTree(file.toFile()).fieldNames().forEachRemaining(names::add);
        return names;
    }
}
