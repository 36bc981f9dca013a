package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensCommandTest {

    private static final Path CLIP = CommandRun.MODEL.resolveSibling("clip-tokenizer");

    @TempDir
    private Path folder;

    @Test
    void eachTokenIsALineAndTheLastLineCountsThem() {
        CommandRun run = CommandRun.of("tokens", "Appletree", "--model", CLIP);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().map(String::strip))
                .hasSize(5)
                .startsWith("49406  <|startoftext|>")
                .anyMatch(line -> line.endsWith("  tree</w>"))
                .endsWith("49407  <|endoftext|>", "4 of 77 tokens");
    }

    @Test
    void whatIsCutIsToldWithItsPlace() throws IOException {
        String head = "apple ".repeat(75);
        CommandRun run = CommandRun.of("tokens", head + "pear", "--model", CLIP, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode answer = new ObjectMapper().readTree(run.out());
        assertThat(answer.path("tokens")).hasSize(77);
        assertThat(answer.path("limit").asInt()).isEqualTo(77);
        assertThat(answer.path("cut").path("position").asInt()).isEqualTo(head.length());
        assertThat(answer.path("cut").path("text").asText()).isEqualTo("pear");
    }

    @Test
    void aFolderWithOnlyTheSecondTokenizerIsReadWithIt() throws IOException {
        Path second = Files.createDirectory(folder.resolve("tokenizer_2"));
        for (String file : List.of("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json")) {
            Files.copy(CLIP.resolve("tokenizer").resolve(file), second.resolve(file));
        }
        CommandRun run = CommandRun.of("tokens", "apple", "--model", folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("3 of 77 tokens" + System.lineSeparator());
    }

    @Test
    void aSingleFileIsReadWithTheVocabularyOfItsFamily() {
        CommandRun run =
                CommandRun.of("tokens", "apple", "--model", CLIP.resolveSibling("sd1-tiny/single-file.safetensors"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith(" 49406  <|startoftext|>");
    }

    /** Of the reference: three vectors called {@code painterly}. */
    @Test
    void aLearnedTokenTakesAPlaceForEachOfItsVectors() {
        Path model = CLIP.resolveSibling("sd1-tiny");
        Path token = CLIP.resolveSibling("textual-inversion-sd1/painterly.safetensors");
        CommandRun run = CommandRun.of("tokens", "painterly", "--model", model, "--embedding", token);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip()).endsWith("5 of 77 tokens");
        Path single = model.resolve("single-file.safetensors");
        assertThat(CommandRun.of("tokens", "painterly", "--model", single, "--embedding", token)
                        .complaint())
                .contains("vectors of 32 numbers, but the text encoders of this model have [768]");
    }

    @Test
    void theEmbeddedModelReadsPrompts() {
        CommandRun run = CommandRun.of("tokens", "apple");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("apple</w>");
    }

    @Test
    void aPromptThatBeginsLikeAFileOfArgumentsIsAPrompt() throws IOException {
        Path arguments = Files.writeString(folder.resolve("arguments"), "--help");
        CommandRun run = CommandRun.of("tokens", "@" + arguments, "--model", CLIP);
        assertThat(run.out()).contains("  @/</w>");
    }

    @Test
    void modelsWithoutTokenizerAreFailures() {
        CommandRun run = CommandRun.of("tokens", "apple", "--model", "absent");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("absent", "vocab.json");
    }
}
