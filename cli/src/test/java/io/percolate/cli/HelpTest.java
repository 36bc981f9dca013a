package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {

    private static final Pattern PRIVATE_WORDS =
            Pattern.compile("(?i)\\b(draw(s|n|ing)?|pictures?|likeness|sittings?|canvas|easel|lead away)\\b");

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        CommandRun run = CommandRun.of((Object[]) (command + " --help").strip().split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith(("Usage: percolate " + command).strip());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsExplainedInTheFieldsWords(String command) {
        CommandLine line = new CommandLine(new Percolate());
        for (String name : command.split(" ")) {
            line = name.isEmpty() ? line : line.getSubcommands().get(name);
        }
        assertThat(line.getCommandSpec().args())
                .allSatisfy(argument -> assertThat(argument.description()).isNotEmpty());
        assertThat(line.getUsageMessage()).doesNotContainPattern(PRIVATE_WORDS);
    }

    static List<String> commands() {
        return names(new CommandLine(new Percolate())).toList();
    }

    private static Stream<String> names(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName().replaceFirst("percolate ?", "");
        return Stream.concat(
                Stream.of(name), command.getSubcommands().values().stream().flatMap(HelpTest::names));
    }

    @Test
    void allCommandsAreTested() {
        assertThat(commands()).hasSizeGreaterThan(12).contains("", "generate", "train vae", "convert");
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

    @ParameterizedTest
    @ValueSource(strings = {"vae", "diffusion"})
    void trainingsHaveTheOptionsOthersRelyOn(String trained) {
        assertThat(CommandRun.of("train", trained, "--help").out())
                .contains(
                        "--data", "--out", "--config", "--resolution", "--batch", "--schedule", "--minutes", "--steps")
                .contains("--memory", "--device", "--dry-run", "--resume");
    }

    @Test
    void trainDiffusionHasItsOwnOptions() {
        assertThat(CommandRun.of("train", "diffusion", "--help").out())
                .contains("--vae", "--pixel-space", "--from", "--buckets", "--cache", "--prompts");
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
