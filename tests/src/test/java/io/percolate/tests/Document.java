package io.percolate.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file of the project.
 *
 * @param file where it is
 * @param text what it says
 */
record Document(Path file, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\s*\\n(.*?)^```");
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static Document readme() {
        return of(Project.file("README.md"));
    }

    /** The README, CONTRIBUTING, the pages in {@code docs}, and the one about benchmarks. */
    static List<Document> all() {
        try (Stream<Path> docs = Files.list(Project.file("docs"))) {
            Stream<Path> pages = docs.filter(file -> file.toString().endsWith(".md"));
            Stream<Path> others = Stream.of("README.md", "CONTRIBUTING.md", "tests/bench/README.md")
                    .map(Project::file);
            return Stream.concat(others, pages).sorted().map(Document::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document of(Path file) {
        return new Document(file, Project.text(file));
    }

    /** The fenced blocks in one of {@code languages}. */
    List<String> blocks(String... languages) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> List.of(languages).contains(block.group(1)))
                .map(block -> block.group(2))
                .toList();
    }

    /** The arguments of every {@code ./percolate} line. */
    List<List<String>> commands() {
        return blocks("sh", "bash").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./percolate "))
                .map(line -> words(line.replaceFirst("\\s#\\s.*", "")))
                .map(words -> words.subList(1, words.size()))
                .toList();
    }

    /** What stands between single backquotes. */
    List<String> code() {
        return groups(CODE);
    }

    /** The targets of its links. */
    List<String> links() {
        return groups(LINK);
    }

    private List<String> groups(Pattern pattern) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replaceAll("^[\"']|[\"']$", ""))
                .toList();
    }

    @Override
    public String toString() {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }
}
