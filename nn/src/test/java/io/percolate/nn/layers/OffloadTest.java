package io.percolate.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffloadTest {

    private final NDManager manager = TorchEngine.newManager();
    private final Linear layer = new Linear(2, 3);
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void parametersComeWithTheFirstUseAndGoWithTheLast() {
        offload();
        assertThat(alive()).isZero();
        layer.use(() -> layer.use(this::assertLoaded));
        layer.use(this::assertLoaded);
        assertThat(alive()).isZero();
        assertThat(loads).hasValue(2);
    }

    @Test
    void usesWithinAScopeOfTheCallerLeaveTheirParametersToTheNextUse() {
        offload();
        layer.use(() -> {
            Scope.run(() -> layer.use(this::assertLoaded));
            return assertLoaded();
        });
    }

    @Test
    void parametersGoWhenAUseFails() {
        offload();
        assertThatThrownBy(() -> layer.use(() -> {
                    throw new IllegalStateException("in use");
                }))
                .hasMessage("in use");
        assertThat(alive()).isZero();
    }

    @Test
    void loadThatFailsHalfwayLeavesNothingAndIsTriedAgain() {
        layer.offload(() -> {
            layer.assign("weight", manager.zeros(layer.shapes().get("weight")));
            if (loads.incrementAndGet() == 1) {
                throw new IllegalStateException("cut short");
            }
            layer.assign("bias", manager.zeros(layer.shapes().get("bias")));
        });
        assertThatThrownBy(() -> layer.use(this::assertLoaded)).hasMessage("cut short");
        assertThat(alive()).isZero();
        layer.use(this::assertLoaded);
        assertThat(alive()).isZero();
    }

    @Test
    void parametersThatWereGivenForGoodStay() {
        layer.initialise(manager, 1);
        layer.use(this::assertLoaded);
        assertLoaded();
    }

    @Test
    void valuesOutsideAUseAreRefusedWithTheWayOut() {
        offload();
        assertThatThrownBy(() -> layer.parameters().get("bias").value()).hasMessageContaining("within Layer.use");
    }

    private void offload() {
        layer.offload(() -> {
            loads.incrementAndGet();
            layer.initialise(manager, 1);
        });
    }

    private Void assertLoaded() {
        assertThat(layer.parameters().values())
                .allSatisfy(parameter ->
                        assertThat(parameter.value().toFloatArray()).isNotEmpty());
        return null;
    }

    private int alive() {
        return manager.getManagedArrays().size();
    }
}
