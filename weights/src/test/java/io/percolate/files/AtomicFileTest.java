package io.percolate.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFailureLeavesThePreviousFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot write " + file + ": the disk is full");
        assertThat(file).hasContent("before");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anInterruptedThreadWritesTheWholeFileAndStaysInterrupted() {
        Path file = folder.resolve("a");
        Thread.currentThread().interrupt();
        try {
            AtomicFile.write(file, out -> out.write("whole".getBytes()));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasContent("whole");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedWithTheReason() throws IOException {
        Path blocked = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> AtomicFile.write(blocked.resolve("a"), out -> out.write(1)))
                .hasMessageStartingWith("cannot write " + blocked.resolve("a") + ": ")
                .hasMessageContaining("something else");
    }

    @Test
    void onlyTemporaryFilesAreLeftovers() throws IOException {
        Path leftover = folder.resolve(".a.bin.123e4567-e89b-12d3-a456-426614174000.partial");
        Path below = Files.createDirectories(folder.resolve("vae")).resolve(leftover.getFileName());
        Path other = Files.createFile(folder.resolve(".download.partial"));
        Files.createFile(leftover);
        Files.createFile(below);
        AtomicFile.removeLeftovers(folder);
        assertThat(leftover).doesNotExist();
        assertThat(below).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSymbolicLinkStaysAndItsTargetIsWritten() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        AtomicFile.write(link, out -> out.write("after".getBytes()));
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("after");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsNoOrdinaryFileIsNeverReplaced() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> AtomicFile.write(pipe, out -> out.write(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is no ordinary file");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(pipe).exists();
    }

    @Test
    void aFolderIsNeverReplaced() throws IOException {
        Path child = Files.createDirectory(folder.resolve("child"));
        assertThatThrownBy(() -> AtomicFile.write(child, out -> out.write(1))).hasMessageContaining("no ordinary file");
        assertThat(child).isDirectory();
    }
}
