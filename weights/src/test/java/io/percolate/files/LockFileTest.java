package io.percolate.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

    @TempDir
    private Path folder;

    @Test
    void aSecondRunOfTheSameProcessIsRefusedUntilTheFirstLetsGo() throws IOException {
        Path file = folder.resolve("run.lock");
        try (LockFile lock = claim(file)) {
            assertThat(lock).isNotNull();
            assertThat(Files.readString(file).strip())
                    .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
            assertThatThrownBy(() -> claim(file)).hasMessage("held by this process");
            assertThatThrownBy(() -> claim(file)).hasMessage("held by this process");
        }
        assertThat(file).doesNotExist();
        claim(file).close();
    }

    @Test
    void aFileThatAKilledProcessLeftIsTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("run.lock"), "1\n");
        try (LockFile lock = claim(file)) {
            assertThat(lock).isNotNull();
            assertThat(Files.readString(file).strip()).isNotEqualTo("1");
        }
    }

    @Test
    void anInterruptedThreadTakesItToo() {
        Thread.currentThread().interrupt();
        try {
            claim(folder.resolve("run.lock")).close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static LockFile claim(Path file) {
        return LockFile.claim(file, owner -> new IllegalStateException("held by " + owner));
    }
}
