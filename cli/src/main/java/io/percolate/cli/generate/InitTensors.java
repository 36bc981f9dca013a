package io.percolate.cli.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of tensors that a generation starts from.
 *
 * @param file in the form that {@code --save-tensors} writes
 */
record InitTensors(Path file) {

    private static final String SUFFIX = ".safetensors";

    /** Whether {@code file} holds tensors, by its name. */
    static boolean isNamed(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** Noise of unit variance (B,C,h,w). */
    NDArray latents(NDManager manager) {
        return required("latents", manager);
    }

    /** The noise (B,C,h,w) with which the encoder's posterior is sampled, if the file has it. */
    Optional<NDArray> posteriorNoise(NDManager manager) {
        return read("posterior_noise", manager);
    }

    /** An image (1,3,H,W) in [-1,1], from one in [0,1]. */
    NDArray image(NDManager manager) {
        return Aten.affine(required("image", manager), 2, -1);
    }

    /** What a ControlNet is shown (1,3,H,W), in [0,1]. */
    NDArray condition(NDManager manager) {
        return required("condition", manager);
    }

    private NDArray required(String name, NDManager manager) {
        return read(name, manager).orElseThrow(() -> {
            try (SafeTensors tensors = SafeTensors.open(file)) {
                return new IllegalArgumentException(
                        file + " has no tensor called " + name + ", only " + String.join(", ", tensors.names()));
            }
        });
    }

    private Optional<NDArray> read(String name, NDManager manager) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            if (!tensors.has(name)) {
                return Optional.empty();
            }
            Shape shape = tensors.info(name).shape();
            if (shape.dimension() != 4) {
                throw new IllegalArgumentException(file + ": " + name + " must have four dimensions, not " + shape);
            }
            return Optional.of(tensors.read(manager, name, DataType.FLOAT32));
        }
    }
}
