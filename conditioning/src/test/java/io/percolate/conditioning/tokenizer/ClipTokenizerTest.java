package io.percolate.conditioning.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.conditioning.tokenizer.Tokens.Cut;
import io.percolate.testing.Reference;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTokenizerTest {

    private static ClipTokenizer clip;

    @BeforeAll
    static void load() {
        clip = ClipTokenizer.load(Reference.path("clip-tokenizer/tokenizer"));
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    @Test
    void idsAreThoseOfThePythonTokenizer() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Reference.path("clip-tokenizer/expected_tokens.json").toFile());
        for (JsonNode expected : cases) {
            String prompt = expected.get("prompt").asText();
            assertThat(clip.encode(prompt).ids())
                    .as(prompt)
                    .isEqualTo(IntStream.range(0, expected.get("input_ids").size())
                            .mapToObj(i -> expected.get("input_ids").get(i).asInt())
                            .toList());
        }
    }

    @Test
    void tokensAreSpelledAsInTheVocabulary() {
        assertThat(clip.encode("Appletree").ids().stream().limit(4).map(clip::token))
                .containsExactly("<|startoftext|>", "apple", "tree</w>", "<|endoftext|>");
    }

    @Test
    void tooLongAPromptIsCutWhereItsTokensEndAndKeepsTheEndToken() {
        String head = "🚀 " + "Hello ".repeat(74);
        Tokens tokens = clip.encode(head + "Zürich tail");
        assertThat(tokens.cut()).contains(new Cut(head.length(), "Zürich tail"));
        assertThat(tokens.ids()).hasSize(77).last().isEqualTo(clip.tokenIds().end());
        assertThat(tokens.count()).isEqualTo(77);
        assertThat(clip.encode(head).cut()).isEmpty();
    }

    @Test
    void paddingTokenOfOpenClipIsZeroAlsoWithinThePrompt() {
        try (ClipTokenizer openClip = ClipTokenizer.load(Reference.path("sdxl-tiny/tokenizer_2"))) {
            Tokens tokens = openClip.encode("a! b");
            assertThat(tokens.ids().subList(tokens.count(), 77)).containsOnly(0);
            assertThat(tokens.ids().get(2)).isZero();
        }
    }

    @Test
    void ownVocabularyIsThatOfPublishedFolders() {
        BytePairVocabulary published = new TokenizerFolder(Reference.path("clip-tokenizer/tokenizer")).vocabulary();
        assertThat(BytePairVocabulary.clip()).isEqualTo(published);
    }

    @Test
    void tokenizerJsonReadsLikeVocabAndMerges(@TempDir Path folder) throws IOException {
        TokenizerFolder split = new TokenizerFolder(Reference.path("sd1-tiny/tokenizer"));
        Files.write(folder.resolve("tokenizer.json"), TokenizerJson.of(split.vocabulary(), split.specialTokens()));
        try (ClipTokenizer whole = ClipTokenizer.load(folder);
                ClipTokenizer parts = ClipTokenizer.load(Reference.path("sd1-tiny/tokenizer"))) {
            assertThat(whole.encode("a photo of Zürich 🚀")).isEqualTo(parts.encode("a photo of Zürich 🚀"));
        }
    }

    @Test
    void specialTokensMapDecidesUnlessTheConfigListsAddedTokens(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": \"!\"}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"pad_token\": \"<|endoftext|>\"}");
        assertThat(new TokenizerFolder(folder).specialTokens()).isEqualTo(SpecialTokens.openClip(77));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"pad_token\": {\"content\": \"?\"}, \"added_tokens_decoder\": {}, \"model_max_length\": 1e30}");
        assertThat(new TokenizerFolder(folder).specialTokens().padding()).isEqualTo("?");
        assertThat(new TokenizerFolder(folder).specialTokens().maxLength()).isEqualTo(77);
    }

    @Test
    void sixteenThreadsEncodeAsOneDoes() {
        List<String> prompts =
                IntStream.range(0, 64).mapToObj(i -> "image number " + i).toList();
        List<Tokens> expected = prompts.stream().map(clip::encode).toList();
        assertThat(prompts.parallelStream().map(clip::encode).toList()).isEqualTo(expected);
    }

    @Test
    void closedTokenizerRefuses() {
        ClipTokenizer tokenizer = ClipTokenizer.load(Reference.path("sd1-tiny/tokenizer"));
        tokenizer.close();
        tokenizer.close();
        assertThatThrownBy(() -> tokenizer.encode("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void brokenCharactersAreReadAsTheReplacementCharacter() {
        assertThat(clip.encode("a \ud83d b").ids()).isNotEmpty();
        assertThat(clip.encode("a \0 b").ids()).isNotEmpty();
    }

    @Test
    void mergeOfUnknownTokensIsRefusedByName(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"<|startoftext|>\": 1, \"<|endoftext|>\": 2}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b\n");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("merge \"a b\" needs the token \"b\"");
    }

    @Test
    void missingEndTokenIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"<|startoftext|>\": 1}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("<|endoftext|>");
    }

    @Test
    void longWordsEncodeQuickly() {
        assertThat(clip.encode(String.join("", Collections.nCopies(20_000, "ab")))
                        .cut())
                .isPresent();
    }
}
