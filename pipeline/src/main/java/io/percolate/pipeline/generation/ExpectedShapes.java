package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The shapes that given tensors must have.
 *
 * @param latents (B,C,h,w) of all images of a request
 * @param pixels (1,3,H,W) of one image
 */
record ExpectedShapes(Shape latents, Shape pixels) {

    void requireLatents(String what, NDArray given) {
        require(what + ", one row per image,", given, latents);
    }

    void requirePixels(String what, NDArray given) {
        require(what, given, pixels);
    }

    private static void require(String what, NDArray given, Shape expected) {
        if (!given.getShape().equals(expected)) {
            throw new IllegalArgumentException(
                    what + " of " + given.getShape() + ", but the request needs " + expected);
        }
    }
}
