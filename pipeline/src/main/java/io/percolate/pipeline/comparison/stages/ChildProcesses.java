package io.percolate.pipeline.comparison.stages;

import io.percolate.files.CancelledException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does each stage in a JVM of its own, so that its peak memory is its own. The child is this program again, told one
 * stage by {@code --stage NAME}; it shows its progress on the same stderr, and {@linkplain StageProcess serves} until it
 * is done or this process has ended.
 */
public final class ChildProcesses implements StageHost {

    /** A training that is stopped finishes its step and saves. */
    private static final int PATIENCE_SECONDS = 70;

    private final List<String> command;
    private volatile @Nullable Process current;

    /** Starts {@code command}, an executable with its arguments, with the stage after it. */
    ChildProcesses(List<String> command) {
        this.command = List.copyOf(command);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stage-end"));
    }

    /**
     * Starts {@code main} with {@code arguments} and a stage, with the JVM, options and class path of this process.
     *
     * @param main serves a stage when its arguments end with {@code --stage NAME}
     */
    public static ChildProcesses of(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ChildProcesses(command);
    }

    /**
     * Waits until a process of its own has done {@code stage}.
     *
     * @throws IllegalArgumentException if something that was asked for is wrong
     * @throws StageException if it fails otherwise, or is killed
     */
    @Override
    public void complete(String stage, Runnable work) {
        Process process = start(stage);
        current = process;
        try {
            int code = process.waitFor();
            StageProcess.requireSuccess(stage, code, process.getInputStream());
        } catch (InterruptedException stopped) {
            end();
            Thread.currentThread().interrupt();
            throw new CancelledException("the comparison was interrupted at the stage '" + stage + "'");
        }
    }

    /** The process of {@code stage}, which has begun. */
    Process start(String stage) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(StageProcess.OPTION, stage));
        try {
            return new ProcessBuilder(whole)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a process for the stage " + stage + ": " + e.getMessage(), e);
        }
    }

    /** The child sees its input end, saves, and ends. */
    private void end() {
        Process process = current;
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }
}
