package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.PixelChanges;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.List;
import java.util.function.ToLongFunction;

/** A differentiable augmentation (Zhao et al. 2020, section 3.2), as random as numbers in [0, 1) say, some per image. */
public enum Augmentation {
    /** Brightness from -0.5 to 0.5, saturation from 0 to 2 times, contrast from 0.5 to 1.5 times. */
    COLOR(3) {
        @Override
        NDArray change(NDArray x, List<double[]> uniform) {
            float[] amounts = new float[3 * uniform.size()];
            for (int i = 0; i < uniform.size(); i++) {
                double[] image = uniform.get(i);
                amounts[3 * i] = (float) (image[0] - 0.5);
                amounts[3 * i + 1] = (float) (2 * image[1]);
                amounts[3 * i + 2] = (float) (image[2] + 0.5);
            }
            return PixelChanges.recolour(x, TorchArray.of(x.getManager(), amounts, new Shape(uniform.size(), 3)));
        }
    },
    /** Moved by up to an eighth of each side. */
    TRANSLATION(2) {
        @Override
        NDArray change(NDArray x, List<double[]> uniform) {
            return PixelChanges.translate(
                    x,
                    longs(uniform, image -> shift(x.getShape().get(2), image[0])),
                    longs(uniform, image -> shift(x.getShape().get(3), image[1])));
        }

        private static long shift(long side, double uniform) {
            long most = Math.round(side / 8.0);
            return (long) Math.floor(uniform * (2 * most + 1)) - most;
        }
    },
    /** A rectangle of half of each side is black, or what of it lies within the image: its centre is anywhere. */
    CUTOUT(2) {
        @Override
        NDArray change(NDArray x, List<double[]> uniform) {
            long height = x.getShape().get(2);
            long width = x.getShape().get(3);
            return PixelChanges.cutOut(
                    x,
                    longs(uniform, image -> first(height, image[0])),
                    longs(uniform, image -> end(height, image[0])),
                    longs(uniform, image -> first(width, image[1])),
                    longs(uniform, image -> end(width, image[1])));
        }

        private static long centre(long side, double uniform) {
            return (long) Math.floor(uniform * (side + 1));
        }

        private static long first(long side, double uniform) {
            return Math.max(0, centre(side, uniform) - side / 4);
        }

        private static long end(long side, double uniform) {
            return Math.min(side, centre(side, uniform) - side / 4 + side / 2);
        }
    };

    private final int numbers;

    Augmentation(int numbers) {
        this.numbers = numbers;
    }

    /** How many random numbers an image takes. */
    int numbers() {
        return numbers;
    }

    /** Images (B,C,H,W), each as its numbers say. */
    NDArray apply(NDArray images, List<double[]> uniform) {
        return Scope.keep(() -> change(images, uniform));
    }

    abstract NDArray change(NDArray x, List<double[]> uniform);

    private static long[] longs(List<double[]> uniform, ToLongFunction<double[]> number) {
        return uniform.stream().mapToLong(number).toArray();
    }
}
