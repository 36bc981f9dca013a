package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;

/** What is done to each image of a batch (B,C,H,W) by itself; differentiable. */
public final class PixelChanges {

    private PixelChanges() {}

    /**
     * Other colours: the first number of an image is added to it; then the distance of each pixel's channels from their
     * mean is multiplied by the second, and at last that of all values from their mean by the third.
     *
     * @param amounts (B,3)
     */
    public static NDArray recolour(NDArray images, NDArray amounts) {
        return Aten.call("recolour", images, amounts);
    }

    /** Moved by so many pixels, one number per image and direction; zeros come in at the other side. */
    public static NDArray translate(NDArray images, long[] down, long[] right) {
        return Aten.call("translate", images, down, right);
    }

    /** Zeros in one rectangle of each image: the rows from top up to bottom, the columns from left up to right. */
    public static NDArray cutOut(NDArray images, long[] top, long[] bottom, long[] left, long[] right) {
        return Aten.call("cut_out", images, top, bottom, left, right);
    }
}
