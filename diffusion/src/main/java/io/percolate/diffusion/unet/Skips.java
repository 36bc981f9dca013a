package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import java.util.ArrayDeque;
import java.util.Deque;

/** The feature maps that the way down leaves for the way up, newest first. */
final class Skips {

    private final Deque<NDArray> maps = new ArrayDeque<>();

    /** Leaves {@code map} and returns it. */
    NDArray push(NDArray map) {
        maps.push(map);
        return map;
    }

    /** The newest map beside {@code h}, (B,C+C',H,W); frees both. */
    NDArray join(NDArray h) {
        try (h;
                NDArray skip = maps.pop()) {
            return Aten.concat(h, skip);
        }
    }

    /** Shape of the map that is joined next. */
    Shape nextShape() {
        return maps.element().getShape();
    }
}
