package io.percolate.weights.safetensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** The CRC-32C of tensors as a {@link Checkpoint} stores them, their names included: the same in memory and in a file. */
final class Checksum {

    private final CRC32C sum = new CRC32C();

    private Checksum() {}

    /** Eight hexadecimal digits for {@code text} and every tensor of {@code dict}, by name. */
    static String of(StateDict dict, String text) {
        Checksum checksum = new Checksum();
        checksum.add(text);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            new TreeSet<>(dict.names()).forEach(name -> checksum.add(dict, name, manager));
        }
        return "%08x".formatted(checksum.sum.getValue());
    }

    private void add(String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(StateDict dict, String name, NDManager manager) {
        TensorInfo info = dict.info(name);
        add(name + info.shape());
        DataType stored = info.type().isFloat() ? DataType.FLOAT32 : info.type().dataType();
        try (NDScope scope = new NDScope();
                NDArray array = dict.read(manager, name, stored)) {
            scope.suppressNotUsedWarning();
            sum.update(array.toByteBuffer(true));
        }
    }
}
