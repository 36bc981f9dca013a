package io.percolate.pipeline.comparison.report;

import java.util.List;
import java.util.Map;

/**
 * What a comparison ran on.
 *
 * @param system operating system and architecture
 * @param processors that Java sees
 * @param threads that {@code OMP_NUM_THREADS} allows, or a word if it says nothing
 * @param java version of the JVM
 * @param percolate version of this program, or a word if it runs from classes
 */
public record Machine(String system, int processors, String threads, String java, String percolate) {

    /** This one. */
    public static Machine here() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getenv().getOrDefault("OMP_NUM_THREADS", "all"),
                System.getProperty("java.version"),
                version == null ? "unpackaged" : version);
    }

    /** In rows for a table. */
    List<Map.Entry<String, String>> rows() {
        return List.of(
                Map.entry("system", system),
                Map.entry("processors", String.valueOf(processors)),
                Map.entry("threads of the engine", threads),
                Map.entry("Java", java),
                Map.entry("Percolate", percolate));
    }
}
