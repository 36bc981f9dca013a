package io.percolate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.command.progress.Bar;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;

class BarTest {

    @RepeatedTest(20)
    void aBarThatIsClosedAtOnceEndsItsLineOnce() {
        PrintStream usual = System.err;
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        System.setErr(new PrintStream(drawn, true, StandardCharsets.UTF_8));
        try {
            new Bar("preparing", 1000).close();
        } finally {
            System.setErr(usual);
        }
        assertThat(drawn.toString(StandardCharsets.UTF_8)).endsWith("\n").containsOnlyOnce("\n");
    }
}
