package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Images taken apart by scale (Burt and Adelson 1983): each level has what the next, half as large, cannot show, and
 * the last has what is left. All arrays are (...,H,W).
 */
final class LaplacianPyramid {

    /** The smallest side of a level: Karras et al. 2018, section 5, stop at 16. */
    private static final int SMALLEST = 16;

    /** Burt and Adelson's generating kernel, a = 0.375. */
    private static final float[] KERNEL = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

    private LaplacianPyramid() {}

    /** The sides of the levels of images whose sides are {@code side}, from the finest. */
    static List<Integer> sides(int side) {
        List<Integer> sides = new ArrayList<>(List.of(side));
        for (int s = side; s % 2 == 0 && s / 2 >= SMALLEST; s /= 2) {
            sides.add(s / 2);
        }
        return sides;
    }

    /** The levels of square {@code images}, from the finest. */
    static List<NDArray> of(NDArray images) {
        List<NDArray> levels = new ArrayList<>();
        NDArray rest = images;
        List<Integer> sides =
                sides((int) images.getShape().get(images.getShape().dimension() - 1));
        for (int side : sides.subList(1, sides.size())) {
            NDArray smaller = onBothAxes(rest, halving(images.getManager(), side));
            levels.add(rest.sub(onBothAxes(smaller, doubling(images.getManager(), side))));
            rest = smaller;
        }
        levels.add(rest);
        return levels;
    }

    private static NDArray onBothAxes(NDArray images, NDArray matrix) {
        return matrix.matMul(images).matMul(matrix.transpose());
    }

    /** Blurs, then keeps every second: (side, 2 side). */
    private static NDArray halving(NDManager manager, int side) {
        float[] matrix = new float[side * 2 * side];
        for (int row = 0; row < side; row++) {
            for (int k = 0; k < KERNEL.length; k++) {
                matrix[row * 2 * side + mirrored(2 * row + k - 2, 2 * side)] += KERNEL[k];
            }
        }
        return TorchArray.of(manager, matrix, new Shape(side, 2L * side));
    }

    /** Puts a zero after each, then blurs at twice the brightness: (2 side, side). */
    private static NDArray doubling(NDManager manager, int side) {
        float[] matrix = new float[2 * side * side];
        for (int row = 0; row < 2 * side; row++) {
            for (int k = 0; k < KERNEL.length; k++) {
                int from = mirrored(row + k - 2, 2 * side);
                if (from % 2 == 0) {
                    matrix[row * side + from / 2] += 2 * KERNEL[k];
                }
            }
        }
        return TorchArray.of(manager, matrix, new Shape(2L * side, side));
    }

    /** Beyond the edges stands what is before them, the edge itself not repeated. */
    private static int mirrored(int index, int length) {
        return index < 0 ? -index : index >= length ? 2 * length - 2 - index : index;
    }
}
