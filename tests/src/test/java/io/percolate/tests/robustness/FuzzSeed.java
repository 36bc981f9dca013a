package io.percolate.tests.robustness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * A file to damage.
 *
 * @param file where readers find it
 * @param content its bytes
 * @param reach how many of the first bytes are damaged
 * @param sound whether readers take it undamaged
 */
record FuzzSeed(Path file, byte[] content, int reach, boolean sound) {

    static FuzzSeed of(Path file, byte[] content) {
        return new FuzzSeed(file, content, content.length, true);
    }

    /** The file that is there already. */
    static FuzzSeed of(Path file) {
        try {
            return of(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FuzzSeed within(int first) {
        return new FuzzSeed(file, content, first, sound);
    }

    /** The same, which is refused as it is. */
    FuzzSeed malicious() {
        return new FuzzSeed(file, content, reach, false);
    }

    /** Writes the file as {@code random} damages it. */
    void damage(RandomGenerator random) {
        write(Mutation.of(content, reach, random));
    }

    /** Writes the sound file. */
    void restore() {
        write(content);
    }

    private void write(byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
