package io.percolate.nn.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.PercolateJni;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript methods that Java calls: those of a file, or those of a resource of this package, which is wrapped into
 * a torch archive (a zip of stored entries) in memory and loaded once for the JVM. Thread-safe.
 */
final class ScriptModule {

    private static final String HEADER =
            """
            class %s(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    /** Protocol-2 pickle of an object of class {@code __torch__.%s} with the state {"training": True}. */
    private static final String STATE =
            "\u0080\u0002c__torch__\n%s\n)\u0081}X\u0008\u0000\u0000\u0000training\u0088sb.";

    /** Protocol-2 pickle of the empty tuple. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 0x02, 0x29, 0x2e};

    /** The profiling executor makes the first calls of each thread slow, so every thread turns it off once. */
    private static final ThreadLocal<Boolean> OPTIMISER_IS_OFF = ThreadLocal.withInitial(() -> {
        JniUtils.setGraphExecutorOptimize(false);
        return true;
    });

    private final PtSymbolBlock module;

    /** Loads the methods in {@code resource}, whose text names their class as {@code __torch__.<className>}. */
    ScriptModule(String className, String resource) {
        NDManager forever = TorchEngine.newManager(Device.cpu());
        try (InputStream in = new ByteArrayInputStream(archive(className, resource))) {
            module = JniUtils.loadModule((PtNDManager) forever, in, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads a file with weights of its own, which gather no gradients but pass them on. */
    ScriptModule(Path file, NDManager manager) {
        module = JniUtils.loadModule((PtNDManager) manager, file, true, new String[0], new String[0], true);
        JniUtils.moduleGetParams(module, (PtNDManager) manager).forEach(weight -> weight.setRequiresGradient(false));
    }

    /** Calls a method that returns one tensor; {@code x} is its first argument, and its manager owns the result. */
    NDArray call(String method, NDArray x, Object... rest) {
        return call(method, x.getManager(), first(x, rest))[0];
    }

    /** Calls a method that takes and returns a list of tensors; the manager of the first one owns the results. */
    NDArray[] callForList(String method, NDArray[] xs, Object... rest) {
        return call(method, xs[0].getManager(), first(xs, rest));
    }

    private static Object[] first(Object one, Object[] rest) {
        Object[] all = new Object[rest.length + 1];
        all[0] = one;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /**
     * Calls a method.
     *
     * @param method the method's name
     * @param manager who owns the result
     * @param arguments arrays, {@code NDArray[]}, {@code long}, {@code double}, {@code boolean} or {@code long[]}
     * @return the tensor, or the list of tensors, that it returns
     */
    NDArray[] call(String method, NDManager manager, Object... arguments) {
        List<IValue> values = new ArrayList<>(arguments.length);
        try {
            for (Object argument : arguments) {
                values.add(ivalue(argument));
            }
            OPTIMISER_IS_OFF.get();
            try (IValue result = PercolateJni.run(module, method, values.toArray(IValue[]::new))) {
                PtNDManager owner = (PtNDManager) manager;
                return result.isTensor() ? new NDArray[] {result.toTensor(owner)} : result.toTensorArray(owner);
            }
        } finally {
            values.forEach(IValue::close);
        }
    }

    private static IValue ivalue(Object argument) {
        if (argument instanceof PtNDArray array) {
            return IValue.from(array);
        } else if (argument instanceof Number number && !(number instanceof Double)) {
            return IValue.from(number.longValue());
        } else if (argument instanceof Double number) {
            return IValue.from(number.doubleValue());
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag.booleanValue());
        } else if (argument instanceof long[] list) {
            return IValue.listFrom(list);
        } else if (argument instanceof NDArray[] arrays) {
            PtNDArray[] list = new PtNDArray[arrays.length];
            System.arraycopy(arrays, 0, list, 0, list.length);
            return IValue.listFrom(list);
        }
        throw new IllegalArgumentException("no TorchScript value for " + argument);
    }

    private static byte[] archive(String className, String resource) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "aten/data.pkl", STATE.formatted(className).getBytes(StandardCharsets.ISO_8859_1));
            store(
                    zip,
                    "aten/code/__torch__.py",
                    (HEADER.formatted(className) + text(resource)).getBytes(StandardCharsets.UTF_8));
            store(zip, "aten/constants.pkl", NO_CONSTANTS);
            store(zip, "aten/version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = ScriptModule.class.getResourceAsStream(resource)) {
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
