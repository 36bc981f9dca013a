package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Tells files apart by their content, and data sets by their files. */
final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 of {@code file}, hexadecimal. */
    static String of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** SHA-256 of the names, sizes and times of the files of {@code dataset}, hexadecimal. */
    static String of(ImageDataset dataset) {
        String files = dataset.entries().stream()
                .map(entry -> describe(dataset.folder(), entry))
                .collect(Collectors.joining("\n"));
        try {
            return of(new ByteArrayInputStream(files.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that cannot be read has a name alone. */
    private static String describe(Path folder, ImageEntry entry) {
        Path file = entry.file();
        String name = folder.relativize(file).toString();
        try {
            return name + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            return name;
        }
    }

    private static String of(InputStream in) throws IOException {
        try (DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
