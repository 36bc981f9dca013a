package io.percolate.pipeline.training.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepModelTest {

    /** 400 MB between steps; an image in the network takes 200 MB, one that waits for its turn 10 MB. */
    private static final StepModel MODEL =
            StepModel.of(new StepCost(400, 600, 1.5), new StepCost(400, 810, 2.5), new StepCost(400, 610, 2.6));

    @Test
    void imagesTogetherTakeMoreThanImagesOneAfterTheOther() {
        assertThat(MODEL.peak(1, 1)).isEqualTo(600);
        assertThat(MODEL.peak(8, 1)).isEqualTo(670);
        assertThat(MODEL.peak(8, 8)).isEqualTo(2070);
        assertThat(MODEL.seconds(8)).isEqualTo(8.5);
    }

    @Test
    void theLargestMicroBatchThatFitsIsTaken() {
        assertThat(MODEL.largestMicroBatch(8, Double.POSITIVE_INFINITY)).isEqualTo(8);
        assertThat(MODEL.largestMicroBatch(8, 1100)).isEqualTo(3);
        assertThat(MODEL.largestMicroBatch(8, 670)).isEqualTo(1);
        assertThat(MODEL.largestMicroBatch(8, 669)).isZero();
    }

    @Test
    void whereOneImageIsAllThatFitsAnotherCountsLikeIt() {
        assertThat(StepModel.of(new StepCost(400, 600, 1)).peak(2, 2)).isEqualTo(850);
    }
}
