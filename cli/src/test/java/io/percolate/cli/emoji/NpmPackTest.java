package io.percolate.cli.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.data.DatasetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NpmPackTest {

    private static final NpmPackage WANTED = new NpmPackage("@scope/thing", "1.2.3");

    @TempDir
    private Path folder;

    @Test
    void missingNpmIsSaidWithTheWayOut() {
        NpmPack absent = new NpmPack(List.of(folder.resolve("no-npm-here").toString()));
        assertThatThrownBy(() -> absent.folder(WANTED, folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("npm is not installed (")
                .hasMessageEndingWith(
                        "install Node.js; or unpack @scope/thing@1.2.3 elsewhere and give its folder with --from");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void failureIsSaidInNpmsWords() {
        NpmPack offline = new NpmPack(List.of("sh", "-c", "echo 'npm error code ENOTFOUND'; exit 7"));
        assertThatThrownBy(() -> offline.folder(WANTED, folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(
                        "npm pack @scope/thing@1.2.3 failed with code 7 (npm error code ENOTFOUND): check the network")
                .hasMessageEndingWith("--from");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void archiveIsUnpacked() throws IOException {
        Path archive = archive("package/assets/1f34e.webp");
        NpmPack npm = new NpmPack(List.of("sh", "-c", "cp '" + archive + "' thing-1.2.3.tgz"));
        Path unpacked = npm.folder(WANTED, Files.createDirectory(folder.resolve("workspace")));
        assertThat(unpacked.resolve("assets/1f34e.webp")).content().isEqualTo("content");
    }

    @Test
    void archiveCannotWriteOutsideOfItsFolder() throws IOException {
        Path archive = archive("package/../../escaped.txt");
        Path target = Files.createDirectory(folder.resolve("target"));
        assertThatThrownBy(() -> Tarball.unpack(archive, target))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("package/../../escaped.txt");
        assertThat(folder.resolve("escaped.txt")).doesNotExist();
    }

    private Path archive(String entry) throws IOException {
        Path archive = folder.resolve("archive.tgz");
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file))) {
            TarArchiveEntry header = new TarArchiveEntry(entry);
            header.setSize(content.length);
            tar.putArchiveEntry(header);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return archive;
    }
}
