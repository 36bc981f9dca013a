package io.percolate.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One run of the command in this process, and what it printed. */
public record CommandRun(int exitCode, String out, String err) {

    /** A tiny model of random weights; its latents are (4,8,8) for images of 64x64. */
    public static final Path MODEL = Path.of(System.getProperty("percolate.testdata"), "sd2-tiny");

    public static CommandRun of(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int exitCode = Percolate.run(
                    List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
            return new CommandRun(exitCode, text(printed), text(complained));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The last line on stderr: what is above it are progress bars. */
    public String complaint() {
        String[] lines = err.strip().split("[\r\n]+");
        return lines[lines.length - 1];
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
