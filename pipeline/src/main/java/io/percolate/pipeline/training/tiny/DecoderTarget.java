package io.percolate.pipeline.training.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Gradients;
import io.percolate.vae.AutoencoderKl;

/** What a tiny decoder is to make of the teacher's latents. */
public enum DecoderTarget {
    /** The images that were encoded: nothing is decoded by the teacher, whose faults are not learned. */
    IMAGES {
        @Override
        NDArray of(NDArray pixels, NDArray latents, AutoencoderKl teacher) {
            return pixels;
        }
    },
    /** What the teacher decodes them to: previews then look as the finished image does, and steps take longer. */
    TEACHER {
        @Override
        NDArray of(NDArray pixels, NDArray latents, AutoencoderKl teacher) {
            return Gradients.off(() -> teacher.decodeScaled(latents));
        }
    };

    /** The target (B,3,H,W) for latents (B,E,h,w) of unit variance that {@code pixels} were encoded to. */
    abstract NDArray of(NDArray pixels, NDArray latents, AutoencoderKl teacher);
}
