package io.percolate.weights.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.tensors.EngineArrays;
import io.percolate.weights.tensors.StoredTensor;

/**
 * A low-rank change of one layer's weights (Hu et al. 2021, eq. 3): alpha / rank * up down.
 *
 * @param target the layer, with A inputs and B outputs
 * @param naming how the file calls the factors
 * @param down (R,A), of a convolution (R,A,k,k)
 * @param up (B,R), of a convolution (B,R,1,1)
 * @param alpha as large as the rank if the file does not tell
 */
record LoraUpdate(LoraTarget target, LoraNaming naming, StoredTensor down, StoredTensor up, double alpha) {

    long rank() {
        return down.info().shape().get(0);
    }

    /** Whether this can be added to weights of shape {@code weight}, (B,A) or (B,A,k,k). */
    boolean fits(Shape weight) {
        Shape out = up.info().shape();
        Shape in = down.info().shape();
        return weight.dimension() >= 2
                && out.get(0) == weight.get(0)
                && out.get(1) == rank()
                && out.size() == weight.get(0) * rank()
                && withoutOnes(in.slice(1)).equals(withoutOnes(weight.slice(1)));
    }

    /** {@code scale} times the change, as float32 (B,A*k*k). */
    NDArray read(NDManager manager, double scale) {
        NDArray left = up.copy(manager, DataType.FLOAT32).reshape(-1, rank());
        NDArray right = down.copy(manager, DataType.FLOAT32).reshape(rank(), -1);
        float factor = (float) (scale * alpha / rank());
        NDArray number = EngineArrays.filled(manager, new Shape(1), DataType.FLOAT32, bytes -> bytes.putFloat(factor));
        return left.mul(number).matMul(right);
    }

    String shapes() {
        return up.info().shape() + " x " + down.info().shape();
    }

    /** A 1x1 convolution's weights are as those of a linear layer. */
    private static Shape withoutOnes(Shape shape) {
        int end = shape.dimension();
        while (end > 0 && shape.get(end - 1) == 1) {
            end--;
        }
        return shape.slice(0, end);
    }
}
