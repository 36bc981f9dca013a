package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.percolate.cli.Percolate;
import io.percolate.cluster.PercolateCluster;
import io.percolate.studio.PercolateServe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documents name is there: commands with their options, classes, options in running text, and files. */
class DocumentsTest {

    /** Classes of diffusers and block types of configs, which documents name too. */
    private static final Set<String> NAMES_IN_CONFIGS = Set.of(
            "AutoencoderKL",
            "AutoencoderTiny",
            "DDIMPipeline",
            "DDPMPipeline",
            "ShortcutDownEncoderBlock2D",
            "ShortcutUpDecoderBlock2D",
            "StableDiffusionXLPipeline",
            "UNet2DModel");

    private static final Pattern CLASS =
            Pattern.compile("((?:[a-z]+\\.)*)([A-Z][a-z]\\w*|[A-Z]\\w*[a-z]\\w*)(\\.\\w+.*)?");
    private static final Pattern METHOD =
            Pattern.compile("(?:[a-z]+\\.)*([A-Z]\\w*)\\.(?:[A-Z_]+\\.)?([a-z]\\w*)(\\(.*)?");
    private static final Pattern KEY = Pattern.compile("\"?([a-z]+(?:_[a-z]+)+)\"?(: .*)?");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    @TestFactory
    Stream<DynamicTest> commandsAreUnderstood() {
        return Document.all().stream().flatMap(document -> document.commands().stream()
                .map(command -> dynamicTest(document + ": " + String.join(" ", command), () -> parse(command))));
    }

    private static void parse(List<String> command) {
        assertThat(percolate().parseArgs(command.toArray(String[]::new)).errors())
                .isEmpty();
    }

    /** With the programs of their own that the launcher starts. */
    private static CommandLine percolate() {
        return new CommandLine(new Percolate())
                .addSubcommand("cluster", new PercolateCluster())
                .addSubcommand("serve", new PercolateServe());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void classesExist(Document document) throws IOException {
        Set<String> classes = classes();
        assertThat(document.code())
                .filteredOn(code -> CLASS.matcher(code).matches())
                .extracting(code -> CLASS.matcher(code).replaceFirst("$1$2"))
                .allSatisfy(named ->
                        assertThat(classes).anyMatch(name -> name.equals(named) || name.endsWith("." + named)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void methodsExist(Document document) throws IOException {
        for (String code : document.code()) {
            Matcher method = METHOD.matcher(code);
            if (method.matches()) {
                assertThat(files("/java/io/percolate/.*/" + method.group(1) + "\\.java"))
                        .as(code)
                        .anyMatch(file -> Project.text(file).contains(" " + method.group(2) + "("));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void keysOfConfigsAndRecipesExist(Document document) throws IOException {
        Set<String> words = words();
        assertThat(document.code())
                .filteredOn(code -> KEY.matcher(code).matches())
                .extracting(code -> KEY.matcher(code).replaceFirst("$1"))
                .isSubsetOf(words);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void optionsInRunningTextExist(Document document) {
        Set<String> options = new TreeSet<>();
        addOptions(percolate(), options);
        assertThat(document.code())
                .filteredOn(code -> code.startsWith("--"))
                .flatExtracting(code -> OPTION.matcher(code)
                        .results()
                        .map(option -> option.group())
                        .toList())
                .isSubsetOf(options);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkedFilesExist(Document document) {
        assertThat(document.links())
                .filteredOn(link -> !link.startsWith("http") && !link.startsWith("#"))
                .allSatisfy(link -> assertThat(document.file().resolveSibling(link.replaceFirst("#.*", "")))
                        .exists());
    }

    @Test
    void thereIsSomethingToCheck() {
        assertThat(Document.all()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(Document.all())
                .extracting(document -> document.commands().size())
                .contains(1, 6);
    }

    static List<Document> documents() {
        return Document.all();
    }

    private static void addOptions(CommandLine command, Set<String> names) {
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(subcommand -> addOptions(subcommand, names));
    }

    /** The full names of all classes that have a source file, and those of diffusers. */
    private static Set<String> classes() throws IOException {
        Set<String> names = new TreeSet<>(NAMES_IN_CONFIGS);
        files("/java/io/percolate/.*\\.java")
                .forEach(file -> names.add(file.toString()
                        .replaceFirst(".*/java/", "")
                        .replaceFirst("\\.java$", "")
                        .replace('/', '.')));
        return names;
    }

    /** All words, in lower case, of the Java files and recipes that are shipped. */
    private static Set<String> words() throws IOException {
        return files("/src/main/.*\\.(java|json)").stream()
                .flatMap(file ->
                        Stream.of(Project.text(file).toLowerCase(Locale.ROOT).split("\\W+")))
                .collect(Collectors.toSet());
    }

    private static List<Path> files(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(".*" + pattern);
        try (Stream<Path> files = Files.walk(Project.file("."))) {
            return files.filter(file -> wanted.matcher(file.toString()).matches())
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }
}
