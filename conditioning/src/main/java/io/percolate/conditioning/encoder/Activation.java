package io.percolate.conditioning.encoder;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The non-linearity of a text encoder's feed-forward layers. */
public enum Activation {
    /** {@code x Phi(x)} with the exact error function; OpenCLIP. */
    GELU("gelu", Aten::gelu),
    /** {@code x sigmoid(1.702 x)}; OpenAI's CLIP. */
    QUICK_GELU("quick_gelu", Aten::quickGelu);

    private final String published;
    private final UnaryOperator<NDArray> function;

    Activation(String published, UnaryOperator<NDArray> function) {
        this.published = published;
        this.function = function;
    }

    /** The name in published configs. */
    String published() {
        return published;
    }

    static Activation of(String published) {
        return Arrays.stream(values())
                .filter(activation -> activation.published.equals(published))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "hidden_act is " + published + " but text encoders here know gelu and quick_gelu"));
    }

    NDArray apply(NDArray x) {
        return function.apply(x);
    }
}
