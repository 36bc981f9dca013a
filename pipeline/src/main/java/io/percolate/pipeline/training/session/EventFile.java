package io.percolate.pipeline.training.session;

import io.percolate.files.AtomicFile;
import io.percolate.files.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The entries of a {@link TrainingLog} for TensorBoard: TFRecords (length, its checksum, data, its checksum), each the
 * protocol buffer {@code Event} of one entry with a scalar for each value.
 */
final class EventFile {

    private static final int MASK = 0xa282ead8;

    private final Path file;
    private final double start;

    /**
     * Writes {@code file} anew.
     *
     * @param entries those of the log so far
     * @param start when the training began, in seconds since 1970, if it never paused
     */
    EventFile(Path file, List<Map<String, Double>> entries, double start) {
        this.file = file;
        this.start = start;
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes(record(new Message().number(1, start).text(3, "brain.Event:2")));
        entries.forEach(entry -> records.writeBytes(record(event(entry))));
        AtomicFile.write(file, records::writeTo);
    }

    /** Adds an entry. */
    void add(Map<String, Double> entry) {
        try {
            Files.write(file, record(event(entry)), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FailureReason.of(e), e);
        }
    }

    private Message event(Map<String, Double> entry) {
        Message summary = new Message();
        entry.forEach((name, value) -> {
            if (!name.equals("step") && !name.equals("seconds")) {
                summary.message(1, new Message().text(1, name).single(2, value.floatValue()));
            }
        });
        return new Message()
                .number(1, start + entry.get("seconds"))
                .integer(2, entry.get("step").longValue())
                .message(5, summary);
    }

    private static byte[] record(Message message) {
        byte[] data = message.bytes();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        return ByteBuffer.allocate(length.length + data.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(checksum(length))
                .put(data)
                .putInt(checksum(data))
                .array();
    }

    /** CRC-32C, turned and moved: data that holds its own checksum has no special one. */
    static int checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    /** A protocol buffer, field after field. */
    private static final class Message {

        private static final int VARINT = 0;
        private static final int EIGHT_BYTES = 1;
        private static final int LENGTH_FIRST = 2;
        private static final int FOUR_BYTES = 5;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, double value) {
            varint(field << 3 | EIGHT_BYTES);
            out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array());
            return this;
        }

        Message single(int field, float value) {
            varint(field << 3 | FOUR_BYTES);
            out.writeBytes(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message integer(int field, long value) {
            varint(field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private Message bytes(int field, byte[] value) {
            varint(field << 3 | LENGTH_FIRST);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
