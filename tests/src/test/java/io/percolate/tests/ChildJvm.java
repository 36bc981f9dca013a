package io.percolate.tests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JVM of its own for a main class of the test class path.
 *
 * @param options those of the JVM beside the usual ones
 * @param environment variables beside those of this program
 */
public record ChildJvm(List<String> options, Map<String, String> environment) {

    /** Without further options and variables. */
    public static final ChildJvm PLAIN = new ChildJvm(List.of(), Map.of());

    /** The heap is small and touched from the start: what grows afterwards is native memory. */
    private static final List<String> OPTIONS = List.of(
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-Djava.awt.headless=true");

    static ChildJvm withOptions(List<String> options) {
        return new ChildJvm(options, Map.of());
    }

    static ChildJvm withVariable(String name, String value) {
        return new ChildJvm(List.of(), Map.of(name, value));
    }

    /** Its entries are absolute, since a child may start in another directory. */
    static String classPath() {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(own.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What it prints, its errors included; fails unless it ends well. */
    String run(Path directory, String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(directory, command(classPath, main, arguments));
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(main + " ended with " + process.exitValue() + ":\n" + output);
        }
        return output;
    }

    /** Starts it with the test class path; its errors are part of its output. */
    public Process start(Path directory, String main, String... arguments) throws IOException {
        return start(directory, command(classPath(), main, arguments));
    }

    /** The same where the system refuses files of more than so many blocks, of 512 or 1024 bytes. */
    public Process startLimited(int blocks, Path directory, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"));
        command.addAll(command(classPath(), main, arguments));
        return start(directory, command);
    }

    private List<String> command(String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private Process start(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
