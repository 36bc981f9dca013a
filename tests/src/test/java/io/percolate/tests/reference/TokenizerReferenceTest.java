package io.percolate.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TokenizerReferenceTest {

    @TestFactory
    Stream<DynamicTest> promptsHaveTheIdsOfThePythonTokenizer() {
        return Suite.find("*/expected_tokens.json").stream()
                .map(file -> dynamicTest(Suite.name(file), () -> encodesAll(file)));
    }

    private static void encodesAll(Path file) throws IOException {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(file.resolveSibling("tokenizer"))) {
            for (JsonNode prompt : new ObjectMapper().readTree(file.toFile())) {
                List<Integer> ids = new ArrayList<>();
                prompt.get("input_ids").forEach(id -> ids.add(id.asInt()));
                String text = prompt.get("prompt").asText();
                assertThat(tokenizer.encode(text).ids()).as(text).isEqualTo(ids);
            }
        }
    }
}
