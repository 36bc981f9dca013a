package io.percolate.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientsTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    /** Of sum w x^2: the gradient is 2 w x, its squared norm sum 4 w^2 x^2, and the gradient of that 8 w x^2. */
    @Test
    void theNormOfAGradientHasAGradient() {
        NDArray w = leaf(1, 2, 3);
        NDArray x = leaf(1, -1, 2);
        NDArray norm = Gradients.on(
                () -> Scope.keep(() -> Gradients.squaredNorm(w.mul(x.square()).sum(), x)));
        assertThat(norm.getFloat()).isEqualTo(4 + 16 + 144);
        Gradients.backward(norm);
        assertThat(Gradients.of(w).toFloatArray()).containsExactly(8, 16, 96);
    }

    /** 5 (3 a)^2 for a = 2: its gradient is 90 a. */
    @Test
    void anEarlyBackwardPassLeavesItsNumberAndItsGradient() {
        NDArray a = leaf(2);
        NDArray loss = Gradients.on(() -> Scope.keep(() -> {
            NDArray early = GradientCheckpointing.early(
                    Aten.scale(a, 3), x -> x.square().sum());
            assertThat(early.getFloat()).isEqualTo(36);
            return Aten.scale(early, 5);
        }));
        assertThat(loss.getFloat()).isEqualTo(180);
        Gradients.backward(loss);
        assertThat(Gradients.of(a).toFloatArray()).containsExactly(180);
    }

    @Test
    void anEarlyBackwardPassLeavesTheStepAroundItAlone() {
        NDArray a = leaf(2);
        Gradients.on(() -> GradientCheckpointing.during(() -> {
            Scope.run(() -> {
                NDArray cut = GradientCheckpointing.block(a, x -> Aten.scale(x, 3));
                NDArray early = GradientCheckpointing.early(cut, y -> GradientCheckpointing.block(y, NDArray::square)
                        .sum());
                assertThat(Gradients.of(a)).isNull();
                Gradients.backward(early);
            });
            return true;
        }));
        assertThat(Gradients.of(a).toFloatArray()).containsExactly(36);
    }

    private NDArray leaf(float... values) {
        NDArray leaf = TorchArray.of(manager, values);
        leaf.setRequiresGradient(true);
        return leaf;
    }
}
