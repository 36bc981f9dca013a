package io.percolate.conditioning.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.conditioning.prompts.PromptWeights.Part;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.testing.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptWeightsTest {

    @Test
    void plainTextCountsOne() {
        assertThat(PromptWeights.parse("a red apple: ripe")).containsExactly(new Part("a red apple: ripe", 1));
        assertThat(PromptWeights.parse("")).isEmpty();
    }

    @Test
    void numberAfterAColonIsTheWeight() {
        assertThat(PromptWeights.parse("a (red apple : 1.3), ripe"))
                .containsExactly(new Part("a ", 1), new Part("red apple ", 1.3f), new Part(", ripe", 1));
        assertThat(PromptWeights.parse("(a:.5)")).containsExactly(new Part("a", 0.5f));
        assertThat(PromptWeights.parse("(a:x)")).containsExactly(new Part("a:x", 1.1f));
    }

    @Test
    void bracketsMultiplyAsOftenAsTheyAreNested() {
        assertThat(PromptWeights.parse("((a) b) [c]"))
                .containsExactly(
                        new Part("a", 1.1f * 1.1f), new Part(" b", 1.1f), new Part(" ", 1), new Part("c", 1 / 1.1f));
        assertThat(PromptWeights.parse("(a (b:2):3)")).containsExactly(new Part("a ", 3), new Part("b", 6));
    }

    @Test
    void escapedBracketsAreText() {
        assertThat(PromptWeights.parse("\\(a\\) \\[b\\] \\\\ \\n")).containsExactly(new Part("(a) [b] \\ \\n", 1));
        assertThat(PromptWeights.parse("a\\")).containsExactly(new Part("a\\", 1));
    }

    @Test
    void unclosedBracketsReachToTheEndAndStrayOnesAreText() {
        assertThat(PromptWeights.parse("a (b")).containsExactly(new Part("a ", 1), new Part("b", 1.1f));
        assertThat(PromptWeights.parse("a) b]")).containsExactly(new Part("a) b]", 1));
    }

    @Test
    void chunksHoldSeventyFiveTokensBetweenStartAndEnd() {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(Reference.path("clip-tokenizer/tokenizer"))) {
            List<PromptChunk> chunks = PromptSyntax.WEIGHTED.read("hello ".repeat(76) + "(cat:1.5)", tokenizer);
            assertThat(chunks).hasSize(2);
            assertThat(chunks.get(0).tokens().ids()).first().isEqualTo(49406);
            assertThat(chunks.get(0).tokens().ids()).last().isEqualTo(49407);
            assertThat(chunks.get(1).tokens().count()).isEqualTo(4);
            assertThat(chunks.get(1).weights()).startsWith(1f, 1f, 1.5f, 1f);
        }
    }

    @Test
    void breakStartsAChunkAndShortPromptsReadAsPlainOnes() {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(Reference.path("clip-tokenizer/tokenizer"))) {
            assertThat(PromptSyntax.WEIGHTED.read("a cat", tokenizer))
                    .isEqualTo(PromptSyntax.PLAIN.read("a cat", tokenizer));
            assertThat(PromptSyntax.WEIGHTED.read("a BREAK b BREAKFAST", tokenizer))
                    .extracting(chunk -> chunk.tokens().count())
                    .containsExactly(3, 4);
            assertThat(PromptSyntax.WEIGHTED.read("", tokenizer)).hasSize(1);
        }
    }
}
