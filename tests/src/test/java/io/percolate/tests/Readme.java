package io.percolate.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of the project's README, if it is there. */
final class Readme {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\s*\\n(.*?)^```");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private Readme() {}

    /** The fenced blocks in one of {@code languages}. */
    static List<String> blocks(String... languages) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text());
        while (matcher.find()) {
            if (List.of(languages).contains(matcher.group(1))) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    /** The arguments of every {@code ./percolate} line. */
    static List<List<String>> commands() {
        return blocks("sh", "bash").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./percolate "))
                .map(line -> words(line.replaceFirst("\\s#\\s.*", "")))
                .map(words -> words.subList(1, words.size()))
                .toList();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("^[\"']|[\"']$", ""));
        }
        return words;
    }

    private static String text() {
        Path module = Path.of("").toAbsolutePath();
        for (Path folder = module; folder != null; folder = folder.getParent()) {
            Path readme = folder.resolve("README.md");
            if (Files.exists(readme) && Files.exists(folder.resolve("percolate"))) {
                return read(readme);
            }
        }
        return "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
