package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Two linear layers with a SiLU between them, over sinusoids of the timestep (Ho et al. 2020, appendix B);
 * names {@code linear_1 linear_2}, and {@code cond_proj} if there is a condition.
 */
public final class TimestepEmbedding extends Layer {

    private final Linear condition;
    private final Linear linear1;
    private final Linear linear2;

    /** From {@code in} sinusoids to {@code width}. */
    public TimestepEmbedding(long in, long width) {
        this(in, width, 0);
    }

    /**
     * With a condition of {@code conditionWidth} added to the sinusoids, as the guidance scale is in latent
     * consistency models (Luo et al. 2023, section 4.3); 0 for none.
     */
    public TimestepEmbedding(long in, long width, long conditionWidth) {
        condition = conditionWidth == 0 ? null : child("cond_proj", new Linear(conditionWidth, in, false));
        linear1 = child("linear_1", new Linear(in, width));
        linear2 = child("linear_2", new Linear(width, width));
    }

    /** x (B,in) to (B,width). */
    public NDArray forward(NDArray x) {
        return Scope.keep(() -> linear2.forward(Aten.silu(linear1.forward(x))));
    }

    /** x (B,in) and the condition (B,conditionWidth), or null for a condition of zero, to (B,width). */
    public NDArray forward(NDArray x, @Nullable NDArray given) {
        return given == null ? forward(x) : Scope.keep(() -> forward(x.add(condition.forward(given))));
    }
}
