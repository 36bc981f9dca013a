package io.percolate.tests.architecture;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules about source text: each gives what breaks it. */
final class SourceRules {

    private static final int LONGEST_FILE = 250;
    private static final int LARGEST_PACKAGE = 25;
    private static final int MEDIAN_METHOD = 5;

    private SourceRules() {}

    static List<String> longFiles(List<SourceFile> sources) {
        return sources.stream()
                .filter(file -> file.lines() > LONGEST_FILE)
                .map(file -> file.path() + " has " + file.lines() + " lines, more than " + LONGEST_FILE)
                .toList();
    }

    static List<String> largePackages(List<SourceFile> sources) {
        Map<String, Long> sizes = sources.stream()
                .filter(file -> !file.name().equals("package-info"))
                .collect(Collectors.groupingBy(SourceFile::packageName, Collectors.counting()));
        return sizes.entrySet().stream()
                .filter(size -> size.getValue() > LARGEST_PACKAGE)
                .map(size -> size.getKey() + " has " + size.getValue() + " files, more than " + LARGEST_PACKAGE)
                .toList();
    }

    static List<String> longMethods(List<SourceFile> sources) {
        List<Integer> lines = sources.stream()
                .map(SourceFile::methodLines)
                .flatMap(Collection::stream)
                .sorted()
                .toList();
        int median = lines.get(lines.size() / 2);
        return median <= MEDIAN_METHOD
                ? List.of()
                : List.of("the median method has " + median + " lines, more than " + MEDIAN_METHOD);
    }

    static List<String> privateWords(List<SourceFile> sources) {
        return sources.stream().flatMap(file -> Words.violations(file).stream()).toList();
    }
}
