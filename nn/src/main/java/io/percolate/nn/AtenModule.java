package io.percolate.nn;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The TorchScript module behind {@link Aten}: a torch archive (a zip of stored entries) written in
 * memory around the text of {@code aten.py}, and loaded once for the JVM. It holds no parameters.
 */
final class AtenModule {

    private static final String HEADER =
            """
            class Aten(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    /** Protocol-2 pickle of an object of class {@code __torch__.Aten} with the state {"training": True}. */
    private static final byte[] STATE =
            "\u0080\u0002c__torch__\nAten\n)\u0081}X\u0008\u0000\u0000\u0000training\u0088sb."
                    .getBytes(StandardCharsets.ISO_8859_1);

    /** Protocol-2 pickle of the empty tuple. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 0x02, 0x29, 0x2e};

    private static final PtSymbolBlock MODULE = load();

    /** The profiling executor makes the first calls of each thread slow: every thread turns it off once. */
    private static final ThreadLocal<PtSymbolBlock> FOR_THREAD = ThreadLocal.withInitial(() -> {
        JniUtils.setGraphExecutorOptimize(false);
        return MODULE;
    });

    private AtenModule() {}

    static PtSymbolBlock get() {
        return FOR_THREAD.get();
    }

    private static PtSymbolBlock load() {
        NDManager forever = TorchEngine.newManager();
        try {
            return JniUtils.loadModule((PtNDManager) forever, new ByteArrayInputStream(archive()), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "aten/data.pkl", STATE);
            store(zip, "aten/code/__torch__.py", (HEADER + operators()).getBytes(StandardCharsets.UTF_8));
            store(zip, "aten/constants.pkl", NO_CONSTANTS);
            store(zip, "aten/version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String operators() throws IOException {
        try (InputStream in = AtenModule.class.getResourceAsStream("aten.py")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
