package io.percolate.pipeline.comparison.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChartScaleTest {

    @Test
    void fromZeroEndsAtARoundNumber() {
        ChartScale scale = ChartScale.fromZero(87);
        assertThat(scale.ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(scale.place(50)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void equalFactorsAreEquallyFarApart() {
        ChartScale scale = ChartScale.logarithmic(1, 16);
        assertThat(scale.place(4) - scale.place(2)).isCloseTo(scale.place(8) - scale.place(4), within(1e-12));
        assertThat(scale.ticks()).containsExactly(1.0, 2.0, 5.0, 10.0);
    }

    @Test
    void aScaleOfOneNumberIsNoDivisionByNothing() {
        assertThat(ChartScale.logarithmic(3, 3).place(3)).isBetween(0.0, 1.0);
        assertThat(ChartScale.fromZero(0).place(0)).isZero();
    }

    @Test
    void labelsAreShort() {
        assertThat(ChartScale.label(0.5)).isEqualTo("0.5");
        assertThat(ChartScale.label(0.002)).isEqualTo("2e-3");
        assertThat(ChartScale.label(30_000)).isEqualTo("30k");
        assertThat(ChartScale.label(2_500_000)).isEqualTo("2.5M");
        assertThat(ChartScale.label(0)).isEqualTo("0");
    }
}
