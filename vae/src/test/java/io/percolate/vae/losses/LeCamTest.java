package io.percolate.vae.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeCamTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private static final Offset<Float> NEAR = Offset.offset(1e-5f);

    /** (1 + 2)^2 and (3 + 2)^2 have a mean of 17, (0 - 1)^2 and (-1 - 1)^2 one of 2.5. */
    @Test
    void logitsAreComparedWithTheAveragesOfTheOtherSide() {
        try (LeCam leCam = leCam()) {
            leCam.follow(1, -2, 0);
            NDArray distance = leCam.of(manager.create(new float[] {1, 3}), manager.create(new float[] {0, -1}));
            assertThat(distance.getFloat()).isCloseTo(17 + 2.5f, NEAR);
        }
    }

    @Test
    void theFirstHundredStepsCountAlikeAndLaterOnesAHundredth() {
        try (LeCam leCam = leCam()) {
            leCam.follow(1, 10, 0);
            leCam.follow(2, 20, 1);
            leCam.follow(6, 30, 2);
            assertThat(averages(leCam)).usingComparatorWithPrecision(1e-5f).containsExactly(3, 20);
            leCam.follow(103, 20, 5000);
            assertThat(averages(leCam)).usingComparatorWithPrecision(1e-5f).containsExactly(4, 20);
        }
    }

    private LeCam leCam() {
        LeCam leCam = new LeCam();
        leCam.initialise(manager, 0);
        return leCam;
    }

    private static float[] averages(LeCam leCam) {
        return leCam.parameters().get("averages").value().toFloatArray();
    }
}
