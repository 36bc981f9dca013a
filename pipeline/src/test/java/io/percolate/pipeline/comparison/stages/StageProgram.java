package io.percolate.pipeline.comparison.stages;

import java.util.concurrent.locks.LockSupport;

/** A program that serves stages, which end as their names say. */
final class StageProgram {

    private StageProgram() {}

    public static void main(String[] arguments) {
        String stage = arguments[arguments.length - 1];
        System.exit(StageProcess.serve(() -> end(stage)));
    }

    private static void end(String stage) {
        switch (stage) {
            case "wrong" -> throw new IllegalArgumentException("no such arm");
            case "failing" -> throw new IllegalStateException("nothing is left");
            case "killed" -> Runtime.getRuntime().halt(128 + 9);
            case "endless" -> LockSupport.parkNanos(Long.MAX_VALUE);
            default -> System.err.println("done: " + stage);
        }
    }
}
