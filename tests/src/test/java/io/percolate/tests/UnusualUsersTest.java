package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.cli.Percolate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command is the same for users of any language, and for those of containers, who have no home. */
class UnusualUsersTest {

    @TempDir
    private Path folder;

    @Test
    void usersWithoutAHomeGetATemporaryCopyOfTheEmbeddedModel() throws IOException, InterruptedException {
        Path home = Files.createFile(folder.resolve("file")).resolve("home");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String read = command(List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary), "tokens", "a red apple");
        assertThat(read).contains("apple</w>");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("percolate-"));
        }
    }

    @Test
    void numbersAreWrittenInEnglish() throws IOException, InterruptedException {
        String read = command(List.of("-Duser.language=ar", "-Duser.country=EG"), "tokens", "apple");
        assertThat(read).endsWith("3 of 32 tokens" + System.lineSeparator());
    }

    private String command(List<String> options, String... arguments) throws IOException, InterruptedException {
        return ChildJvm.withOptions(options).run(folder, ChildJvm.classPath(), Percolate.class.getName(), arguments);
    }
}
