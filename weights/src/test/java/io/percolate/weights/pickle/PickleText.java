package io.percolate.weights.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles by hand, instruction by instruction. */
public final class PickleText {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Instructions without arguments, one character each. */
    public PickleText op(String instructions) {
        out.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleText global(String module, String name) {
        return op("c" + module + "\n" + name + "\n");
    }

    public PickleText text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        return integer4(bytes.length).op(text);
    }

    public PickleText integer(int value) {
        out.write('J');
        return integer4(value);
    }

    PickleText integers(long... values) {
        op("(");
        for (long value : values) {
            integer((int) value);
        }
        return op("t");
    }

    /** A tensor as torch pickles it; a legacy file has a sixth element in the persistent id. */
    public PickleText tensor(
            String storageType, String key, int elements, long[] shape, long[] strides, String afterElements) {
        global("torch._utils", "_rebuild_tensor_v2").op("((").text("storage").global("torch", storageType);
        text(key)
                .text("cpu")
                .integer(elements)
                .op(afterElements + "tQ")
                .integer(0)
                .integers(shape)
                .integers(strides);
        return op("\u0089").global("collections", "OrderedDict").op(")RtR");
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    /** The old file form around a pickled object. */
    public static byte[] legacy(byte[] object, Map<String, float[]> storages) {
        PickleText text = new PickleText();
        text.op("\u0080\2\u008a\12\154\374\234\106\371\40\152\250\120\31.")
                .op("\u0080\2M\u00e9\3.")
                .op("\u0080\2}.");
        text.out.writeBytes(object);
        text.op("\u0080\2](");
        storages.keySet().forEach(text::text);
        text.op("e.");
        storages.values().forEach(values -> text.out.writeBytes(counted(values)));
        return text.bytes();
    }

    /** A zip file of uncompressed entries. */
    public static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] counted(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(values.length).asFloatBuffer().put(values);
        return bytes.array();
    }

    private PickleText integer4(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }
}
