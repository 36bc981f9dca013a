package io.percolate.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/java.md} compile: imports, and then statements of a method. */
class JavaPageTest {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> examplesCompile() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/java.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(5);
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> dynamicTest("Java example " + (i + 1), () -> compile("Example" + i, blocks.get(i))));
    }

    private void compile(String name, String block) throws IOException {
        String source = lines(block, true) + "class " + name + " {\nvoid run() throws Exception {\n"
                + lines(block, false) + "}\n}\n";
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), file.toString());
        assertThat(failures).as("compiler's verdict on:\n" + source).isZero();
    }

    /** The lines of a block that are imports, or those that are not. */
    private static String lines(String block, boolean imports) {
        return block.lines()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
