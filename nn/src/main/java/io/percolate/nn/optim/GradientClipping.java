package io.percolate.nn.optim;

import io.percolate.nn.engine.TensorList;
import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * Limits the length of the gradient of the whole model (Pascanu et al. 2013, algorithm 1), as torch's
 * {@code clip_grad_norm_} does.
 *
 * @param maxNorm longest Euclidean norm that stays as it is; infinity measures without limiting
 */
public record GradientClipping(double maxNorm) {

    public GradientClipping {
        if (!(maxNorm > 0)) {
            throw new IllegalArgumentException("largest gradient norm " + maxNorm + " must be positive");
        }
    }

    /**
     * Scales all gradients by {@code maxNorm / norm} if their norm is larger.
     *
     * @return the norm before; if it is not finite, the gradients are untouched and useless
     */
    public float clip(Map<String, Parameter> parameters) {
        return clip(Parameter.values(parameters.values()));
    }

    float clip(TensorList values) {
        float norm = values.gradientNorm();
        double factor = maxNorm / (norm + 1e-6);
        if (Float.isFinite(norm) && factor < 1) {
            values.scaleGradients(factor);
        }
        return norm;
    }
}
