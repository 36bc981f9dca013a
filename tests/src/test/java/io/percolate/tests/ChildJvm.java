package io.percolate.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a main class of the test class path in a JVM of its own. */
final class ChildJvm {

    /** The heap is small and touched from the start: what grows afterwards is native memory. */
    private static final List<String> OPTIONS =
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-Djava.awt.headless=true");

    private ChildJvm() {}

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** What it prints, its errors included; fails unless it ends well. */
    static String run(Path directory, String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        return run(List.of(), directory, classPath, main, arguments);
    }

    /** The same with more {@code options} of the JVM. */
    static String run(List<String> options, Path directory, String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(main + " ended with " + process.exitValue() + ":\n" + output);
        }
        return output;
    }
}
