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

    private static final Pattern LINE = Pattern.compile("memory: (.+): (\\d+) (\\d+)");

    /** What the allocator may keep, in megabytes. */
    private static final long KEPT = 48;

    @TempDir
    private static Path folder;

    private static final Map<String, LiveMemory> MEMORY = new LinkedHashMap<>();

    @BeforeAll
    static void probe() throws IOException, InterruptedException {
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        training.trainVae(1);
        training.trainDiffusion(1);
        String output = ChildJvm.PLAIN.run(folder, ChildJvm.classPath(), MemoryProbe.class.getName());
        Matcher lines = LINE.matcher(output);
        while (lines.find()) {
            long arrays = Long.parseLong(lines.group(2));
            MEMORY.put(lines.group(1), new LiveMemory(arrays, Long.parseLong(lines.group(3))));
        }
    }

    @Test
    void generationsLeaveNothingBehind() {
        assertThat(MEMORY.get("generations 200").arrays())
                .isEqualTo(MEMORY.get("generations 20").arrays());
        assertNoMoreMemory(MEMORY.get("generations 20"), MEMORY.get("generations 200"));
    }

    /** One array left by every step would be about sixty more; the looks may miss the quietest moment by a few. */
    @Test
    void trainingStepsLeaveNothingBehind() {
        assertThat(MEMORY.get("training late").arrays())
                .isLessThanOrEqualTo(MEMORY.get("training early").arrays() + 10);
        assertNoMoreMemory(MEMORY.get("training early"), MEMORY.get("training late"));
    }

    private static void assertNoMoreMemory(LiveMemory early, LiveMemory late) {
        assertThat(late.residentMegabytes())
                .as("resident memory in MB")
                .isLessThanOrEqualTo(early.residentMegabytes() + KEPT);
    }
}
