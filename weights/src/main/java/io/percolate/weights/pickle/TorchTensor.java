package io.percolate.weights.pickle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.tensors.EngineArrays;
import io.percolate.weights.tensors.FileRegion;
import io.percolate.weights.tensors.FileTensor;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorInfo;
import java.util.Arrays;

/** A view into a storage, as torch describes tensors: element (i, j, ...) is at first + i * strides[0] + .... */
record TorchTensor(PickleAllowList.Storage storage, long first, Shape shape, long[] strides) {

    /** The tensor called {@code name} in {@code region}, the bytes of its storage; fails if it reaches beyond them. */
    StoredTensor in(FileRegion region, String name) {
        TensorInfo info = new TensorInfo(name, storage.type(), shape);
        long span = info.size() == 0 ? 0 : span();
        int bytes = storage.type().bytes();
        require(first >= 0 && Math.addExact(first, span) <= region.bytes() / bytes, name, "lies outside its storage");
        FileRegion own = new FileRegion(region.file(), region.channel(), region.start() + first * bytes, span * bytes);
        if (isContiguous() || info.size() == 0) {
            return new FileTensor(info, own);
        }
        require(info.size() <= span, name, "has more elements than its storage: save a contiguous copy");
        return new Strided(info, strides, new FileTensor(info.shaped(new Shape(span)), own));
    }

    /** Number of storage elements from the first to the last one used. */
    private long span() {
        long span = 1;
        for (int axis = 0; axis < strides.length; axis++) {
            span = Math.addExact(span, Math.multiplyExact(shape.get(axis) - 1, strides[axis]));
        }
        return span;
    }

    private boolean isContiguous() {
        long expected = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            if (shape.get(axis) != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= shape.get(axis);
        }
        return true;
    }

    /** Refuses negative sizes and strides, and a shape with another number of axes than strides. */
    TorchTensor {
        boolean fits =
                shape.dimension() == strides.length && Arrays.stream(strides).allMatch(s -> s >= 0);
        if (!fits || Arrays.stream(shape.getShape()).anyMatch(d -> d < 0)) {
            throw new IllegalArgumentException("a tensor has the shape " + shape + " and other strides");
        }
    }

    private static void require(boolean condition, String name, String message) {
        if (!condition) {
            throw new IllegalArgumentException(name + " " + message);
        }
    }

    /** A tensor whose elements are not in row-major order: the whole stretch is read, and its elements are picked. */
    private record Strided(TensorInfo info, long[] strides, StoredTensor flat) implements StoredTensor {

        @Override
        public NDArray read(NDManager manager, DataType type) {
            try (NDManager local = manager.newSubManager()) {
                NDArray taken = flat.read(local, type).take(positions(local));
                NDArray result = taken.reshape(info.shape());
                result.attach(manager);
                return result;
            }
        }

        private NDArray positions(NDManager manager) {
            long[] positions = positions();
            Shape count = new Shape(positions.length);
            return EngineArrays.filled(manager, count, DataType.INT64, target -> target.asLongBuffer()
                    .put(positions));
        }

        private long[] positions() {
            long[] positions = {0};
            for (int axis = 0; axis < strides.length; axis++) {
                positions = alongAxis(positions, (int) info.shape().get(axis), strides[axis]);
            }
            return positions;
        }

        private static long[] alongAxis(long[] before, int size, long stride) {
            long[] positions = new long[before.length * size];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = before[i / size] + i % size * stride;
            }
            return positions;
        }
    }
}
