package io.percolate.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A file that one run holds while it works in a folder. It says the number of the process. The operating system lets go
 * of it when that process ends, however it ends: what a killed run left holds nobody up.
 */
public final class LockFile implements AutoCloseable {

    /** Closing a second channel of the same file would let go of the first one's lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes {@code file}, and makes it and the folders above it.
     *
     * @param refusal what to throw if another run holds it; is told which process that is
     */
    public static LockFile claim(Path file, Function<String, ? extends RuntimeException> refusal) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD.add(path)) {
            throw refusal.apply("this process");
        }
        boolean claimed = false;
        try {
            LockFile lock = Uninterrupted.call(() -> open(path, refusal));
            claimed = true;
            return lock;
        } finally {
            if (!claimed) {
                HELD.remove(path);
            }
        }
    }

    private static LockFile open(Path file, Function<String, ? extends RuntimeException> refusal) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Object opened = key(file);
            if (channel.tryLock() == null) {
                channel.close();
                throw refusal.apply("process " + Files.readString(file).strip());
            }
            if (!Objects.equals(opened, key(file))) { // whoever held it has just deleted it
                channel.close();
                return open(file, refusal);
            }
            channel.truncate(0).write(ByteBuffer.wrap(processId()));
            return new LockFile(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file + ": " + FailureReason.of(e), e);
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAttributes(file, BasicFileAttributes.class).fileKey()
                : file;
    }

    private static byte[] processId() {
        return (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Lets go, and deletes the file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + file + ": " + FailureReason.of(e), e);
        } finally {
            HELD.remove(file);
        }
    }
}
