package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

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

    /** All maps, oldest first. */
    List<NDArray> all() {
        List<NDArray> all = new ArrayList<>(maps);
        Collections.reverse(all);
        return all;
    }

    /** Adds {@code residuals}, one for each map, oldest first, to the maps themselves unless gradients are recorded. */
    void add(List<NDArray> residuals) {
        List<NDArray> all = all();
        maps.clear();
        for (int i = 0; i < all.size(); i++) {
            try (NDArray map = all.get(i)) {
                maps.push(Aten.addResidual(Aten.like(residuals.get(i), map), map));
            }
        }
    }

    /** Shape of the map that is joined next. */
    Shape nextShape() {
        return maps.element().getShape();
    }
}
