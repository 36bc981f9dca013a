package io.percolate.conditioning.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.BadFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokenizer files damaged at random, always in the same way, are read or refused in one line, and soon. */
class TokenizerFuzzTest {

    /** Time of the processor, which does not count what other programs take. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int MUTATIONS = 500;

    private static final BytePairVocabulary VOCABULARY =
            VocabularyTrainer.learn(List.of("a red apple", "a green apple", "grinning face", "woman's hat 😂"), 40);

    @TempDir
    Path folder;

    private int refused;

    @Test
    void damagedVocabularies() throws IOException {
        VOCABULARY.save(folder, SpecialTokens.clip(16));
        fuzz("vocab.json");
    }

    @Test
    void damagedMerges() throws IOException {
        VOCABULARY.save(folder, SpecialTokens.clip(16));
        fuzz("merges.txt");
    }

    @Test
    void damagedTokenizerJson() throws IOException {
        Files.write(folder.resolve("tokenizer.json"), TokenizerJson.of(VOCABULARY, SpecialTokens.clip(16)));
        fuzz("tokenizer.json");
    }

    @Test
    void damagedSpecialTokens() throws IOException {
        VOCABULARY.save(folder, SpecialTokens.clip(16));
        fuzz("special_tokens_map.json");
        fuzz("tokenizer_config.json");
    }

    @Test
    void aMergeThatIsNoPairIsAFaultOfTheMerges() throws IOException {
        VOCABULARY.save(folder, SpecialTokens.clip(16));
        Path merges = folder.resolve("merges.txt");
        Files.writeString(merges, Files.readString(merges) + "a b c\n");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessage(merges + ": merge \"a b c\" is not a pair of tokens");
    }

    private void fuzz(String name) throws IOException {
        refused = 0;
        Random random = new Random(1);
        byte[] whole = Files.readAllBytes(folder.resolve(name));
        Duration longest = Duration.ZERO;
        for (int i = 0; i < MUTATIONS; i++) {
            Files.write(folder.resolve(name), mutate(whole, random));
            long start = THREADS.getCurrentThreadCpuTime();
            load();
            Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        Files.write(folder.resolve(name), whole);
        assertThat(longest).isLessThan(Duration.ofSeconds(5));
        assertThat(refused).as("refused damages of %s", name).isPositive();
    }

    private void load() {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            assertThat(tokenizer.encode("a Red apple's hat, 😂 zürich").ids()).hasSize(tokenizer.maxLength());
        } catch (BadFileException e) {
            refused++;
            assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
        }
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int at = random.nextInt(damaged.length);
            int end = Math.min(damaged.length, at + 1 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) (' ' + random.nextInt(95));
                case 2 -> Arrays.fill(damaged, at, end, (byte) '9');
                case 3 ->
                    System.arraycopy(damaged, at, damaged, random.nextInt(damaged.length - (end - at) + 1), end - at);
                case 4 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                default -> Arrays.fill(damaged, at, end, (byte) ' ');
            }
        }
        return damaged;
    }
}
