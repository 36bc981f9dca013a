package io.percolate.conditioning.tokenizer;

import io.percolate.conditioning.tokenizer.BytePairVocabulary.Merge;
import java.util.List;
import java.util.stream.Collectors;

/** The form of {@code merges.txt}: a version line, then a merge a line, the two tokens separated by a blank. */
final class MergesText {

    private static final String VERSION = "#version";

    private MergesText() {}

    static List<Merge> parse(String text) {
        List<String> lines = text.lines().toList();
        boolean versioned = !lines.isEmpty() && lines.get(0).startsWith(VERSION);
        return lines.stream()
                .skip(versioned ? 1 : 0)
                .filter(line -> !line.isBlank())
                .map(MergesText::merge)
                .toList();
    }

    static String of(List<Merge> merges) {
        return merges.stream()
                .map(merge -> merge.left() + " " + merge.right() + "\n")
                .collect(Collectors.joining("", VERSION + ": 0.2\n", ""));
    }

    /** One merge as a line has it. */
    static Merge merge(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("merge \"" + line + "\" is not a pair of tokens");
        }
        return new Merge(parts[0], parts[1]);
    }
}
