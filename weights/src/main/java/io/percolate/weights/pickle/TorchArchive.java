package io.percolate.weights.pickle;

import io.percolate.weights.tensors.FileRegion;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** A checkpoint taken apart: the object that was pickled, and where in the file each storage lies. */
record TorchArchive(Object root, Map<String, FileRegion> storages) {

    /** A tensor's description takes about 150 bytes, so this is room for 25,000 of them. */
    private static final int LARGEST_PICKLE = 4 << 20;

    private static final String PICKLE = "data.pkl";

    private static final BigInteger LEGACY_MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private static final Long LEGACY_PROTOCOL = 1001L;

    /** The zip form: an entry {@code data.pkl}, and beside it {@code data/KEY} for every storage, uncompressed. */
    static TorchArchive zip(Path file, FileChannel channel) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            String folder = folder(entries);
            requireLittleEndian(zip, zip.getEntry(folder + "byteorder"));
            Object root = Unpickler.load(bytes(zip, zip.getEntry(folder + PICKLE)), new PickleAllowList());
            Map<String, FileRegion> storages = new LinkedHashMap<>();
            for (ZipArchiveEntry entry : entries) {
                if (entry.getName().startsWith(folder + "data/")) {
                    storages.put(
                            entry.getName().substring(folder.length() + "data/".length()),
                            region(file, channel, entry));
                }
            }
            return new TorchArchive(root, storages);
        }
    }

    /** The form before torch 1.6: five pickles, then each storage as its number of elements and the elements. */
    static TorchArchive legacy(Path file, FileChannel channel) throws IOException {
        PickleAllowList allowed = new PickleAllowList();
        ByteBuffer in = ByteBuffer.allocate((int) Math.min(LARGEST_PICKLE, channel.size()));
        new FileRegion(file, channel, 0, in.capacity()).read(0, in);
        require(
                LEGACY_MAGIC.equals(Unpickler.load(in.flip(), allowed)),
                "it is neither a zip file nor an old torch file");
        require(LEGACY_PROTOCOL.equals(Unpickler.load(in, allowed)), "it has an unknown protocol");
        Unpickler.load(in, allowed);
        Object root = Unpickler.load(in, allowed);
        List<?> keys = (List<?>) Unpickler.load(in, allowed);
        return new TorchArchive(root, oneAfterAnother(file, channel, in.position(), allowed.widths(keys)));
    }

    /** Finds storages, given their element widths, that are each preceded by their number of elements. */
    private static Map<String, FileRegion> oneAfterAnother(
            Path file, FileChannel channel, long start, Map<String, Integer> widths) throws IOException {
        Map<String, FileRegion> storages = new LinkedHashMap<>();
        long position = start;
        for (Map.Entry<String, Integer> storage : widths.entrySet()) {
            ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            region(file, channel, position, Long.BYTES).read(0, count);
            long bytes = Math.multiplyExact(count.getLong(0), storage.getValue());
            storages.put(storage.getKey(), region(file, channel, position + Long.BYTES, bytes));
            position += Long.BYTES + bytes;
        }
        return storages;
    }

    private static String folder(List<ZipArchiveEntry> entries) {
        for (ZipArchiveEntry entry : entries) {
            if (("/" + entry.getName()).endsWith("/" + PICKLE)) {
                return entry.getName().substring(0, entry.getName().length() - PICKLE.length());
            }
        }
        throw new IllegalArgumentException(
                "the zip file has no " + PICKLE + ": if a model is inside, unpack it and name that");
    }

    private static void requireLittleEndian(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        String order = entry == null
                ? "little"
                : StandardCharsets.US_ASCII.decode(bytes(zip, entry)).toString();
        require(order.equals("little"), "its numbers are big-endian");
    }

    private static ByteBuffer bytes(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_PICKLE + 1);
            require(bytes.length <= LARGEST_PICKLE, entry.getName() + " has more than " + LARGEST_PICKLE + " bytes");
            return ByteBuffer.wrap(bytes);
        }
    }

    private static FileRegion region(Path file, FileChannel channel, ZipArchiveEntry entry) throws IOException {
        require(
                entry.getMethod() == ZipMethod.STORED.getCode(),
                entry.getName() + " is compressed: zip it again with -0");
        return region(file, channel, entry.getDataOffset(), entry.getSize());
    }

    private static FileRegion region(Path file, FileChannel channel, long start, long bytes) throws IOException {
        require(start >= 0 && bytes >= 0 && start <= channel.size() - bytes, "it is cut short");
        return new FileRegion(file, channel, start, bytes);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
