package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred generations and as many training steps leave what the first few left, in a JVM of their own. */
class MemoryTest {

    private static final Pattern LINE = Pattern.compile("memory: (.+): (\\d+) (\\d+) (\\d+) (\\d+)");

    /** What the allocator may keep, in megabytes. */
    private static final long KEPT = 48;

    private static final String TIMES = "200";
    private static final String FIRST = "20";

    @TempDir
    private static Path folder;

    private static final Map<String, LiveMemory> MEMORY = new LinkedHashMap<>();

    @BeforeAll
    static void probe() throws IOException, InterruptedException {
        String output = ChildJvm.PLAIN.run(folder, ChildJvm.classPath(), MemoryProbe.class.getName(), TIMES, FIRST);
        Matcher lines = LINE.matcher(output);
        while (lines.find()) {
            MEMORY.put(
                    lines.group(1),
                    new LiveMemory(number(lines, 2), number(lines, 3), number(lines, 4), number(lines, 5)));
        }
    }

    private static long number(Matcher line, int group) {
        return Long.parseLong(line.group(group));
    }

    @Test
    void generationsLeaveNothingBehind() {
        assertThat(MEMORY.get("generations late").arrays())
                .isEqualTo(MEMORY.get("generations early").arrays());
        assertNothingLeft(MEMORY.get("generations early"), MEMORY.get("generations late"));
    }

    @Test
    void trainingStepsLeaveNothingBehind() {
        assertThat(MEMORY.get("training late").arrays())
                .isEqualTo(MEMORY.get("training early").arrays());
        assertNothingLeft(MEMORY.get("training early"), MEMORY.get("training late"));
    }

    @Test
    void stepsOfATinyAutoencoderLeaveNothingBehind() {
        assertThat(MEMORY.get("imitation late").arrays())
                .isEqualTo(MEMORY.get("imitation early").arrays());
        assertNothingLeft(MEMORY.get("imitation early"), MEMORY.get("imitation late"));
    }

    private static void assertNothingLeft(LiveMemory early, LiveMemory late) {
        assertThat(late.residentMegabytes())
                .as("resident memory in MB")
                .isLessThanOrEqualTo(early.residentMegabytes() + KEPT);
        assertThat(late.threads()).as("threads").isLessThanOrEqualTo(early.threads());
        assertThat(late.descriptors()).as("open files").isLessThanOrEqualTo(early.descriptors());
    }
}
