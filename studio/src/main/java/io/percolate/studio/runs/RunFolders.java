package io.percolate.studio.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders of trainings and comparisons below a folder. Requests name them as they are listed; a name never becomes
 * part of a path.
 *
 * @param root the folder; empty if there is nothing to show
 */
public record RunFolders(Optional<Path> root) {

    private static final int DEPTH = 4;
    private static final int MOST = 200;

    static final String LOG = "log.jsonl";
    static final String REPORT = "report.html";
    static final String STRIP = "samples/strip.png";

    /** The folders by name, those that were written to last first. */
    Map<String, Path> all() {
        Map<String, Path> named = new LinkedHashMap<>();
        root.ifPresent(folder -> find(folder)
                .sorted(Comparator.comparing(RunFolders::modified).reversed())
                .limit(MOST)
                .forEach(run -> named.put(name(folder, run), run)));
        return named;
    }

    /** A file of the run of this name, if both are there. */
    Optional<Path> file(String run, String file) {
        return Optional.ofNullable(all().get(run))
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile);
    }

    private static Stream<Path> find(Path root) {
        try (Stream<Path> files = Files.find(root, DEPTH, (file, attributes) -> isSign(file))) {
            return files.map(Path::getParent).collect(Collectors.toSet()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }

    private static boolean isSign(Path file) {
        return file.endsWith(LOG) || file.endsWith(REPORT);
    }

    private static long modified(Path run) {
        return Math.max(
                run.resolve(LOG).toFile().lastModified(),
                run.resolve(REPORT).toFile().lastModified());
    }

    private static String name(Path root, Path run) {
        String name = root.relativize(run).toString().replace('\\', '/');
        return name.isEmpty() ? String.valueOf(root.toAbsolutePath().normalize().getFileName()) : name;
    }
}
