package io.percolate.pipeline.training.space;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What an image file is: one of the same size and time as before is not read again.
 *
 * @param file its absolute path
 * @param bytes its size
 * @param modified when it was written
 * @param content fingerprint of what is in it
 */
public record ImageContent(String file, long bytes, String modified, String content) implements Serializable {

    /** Reads {@code file}; nothing if it cannot be opened, which may be different next time. */
    public static Optional<ImageContent> read(Path file) {
        try {
            BasicFileAttributes now = attributes(file);
            return Optional.of(new ImageContent(name(file), now.size(), time(now), Fingerprint.of(file)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether {@code file} is as it was. */
    boolean isOf(Path file) {
        try {
            BasicFileAttributes now = attributes(file);
            return bytes == now.size() && modified.equals(time(now));
        } catch (IOException unreadable) {
            return false;
        }
    }

    static String name(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static String time(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().toString();
    }
}
