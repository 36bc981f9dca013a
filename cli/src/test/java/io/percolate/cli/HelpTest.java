package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "generate",
                "train",
                "train vae",
                "train diffusion",
                "dataset",
                "dataset emoji",
                "compare",
                "evaluate",
                "bench",
                "inspect",
                "tokens"
            })
    void everyCommandExplainsItself(String command) {
        CommandRun run = CommandRun.of((Object[]) (command + " --help").strip().split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith(("Usage: percolate " + command).strip());
    }

    @Test
    void generateHasTheOptionsOthersRelyOn() {
        assertThat(CommandRun.of("generate", "--help").out())
                .contains("--model", "--negative", "--steps", "--guidance", "--sampler", "--spacing", "--karras")
                .contains("--size", "--seed", "--count", "--precision", "--device", "--out", "--latents")
                .contains("--save-tensors", "--json", "--config", "--init-image", "--strength", "--vae", "--ema")
                .contains("--weighted", "--clip-skip", "--guidance-rescale", "--guidance-interval", "--eta")
                .contains("--seeds", "--batch-limit", "--edit", "--image-guidance", "--offload");
    }

    @Test
    void versionIsOneLine() {
        assertThat(CommandRun.of("--version").out().strip()).matches("percolate \\S+");
    }

    @Test
    void aHelpThatCannotBeWrittenIsAFailure() {
        PrintStream out = System.out;
        try {
            System.setOut(new PrintStream(new FullDisk()));
            assertThat(Percolate.run("--help")).isEqualTo(1);
        } finally {
            System.setOut(out);
        }
    }

    private static final class FullDisk extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            throw new IOException("no space left");
        }
    }
}
