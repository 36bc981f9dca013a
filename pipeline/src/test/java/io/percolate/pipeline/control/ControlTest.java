package io.percolate.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlTest {

    private static final Control CONTROL = Control.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));

    /** The rule of diffusers: no weight where {@code i/n < start || (i+1)/n > end}. */
    @Test
    void itSteersInTheStepsThatLieInItsPart() {
        assertThat(weights(CONTROL, 3)).containsExactly(1.0, 1.0, 1.0);
        assertThat(weights(CONTROL.withScale(0.8).during(0.2, 0.7), 5)).containsExactly(0.0, 0.8, 0.8, 0.0, 0.0);
        assertThat(weights(CONTROL.during(0.5, 1), 4)).containsExactly(0.0, 0.0, 1.0, 1.0);
        assertThat(weights(CONTROL.during(0, 0.5), 1)).containsExactly(0.0);
    }

    @Test
    void partsAndScalesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> CONTROL.during(0.5, 0.5)).hasMessageContaining("from 0.5 to 0.5");
        assertThatThrownBy(() -> CONTROL.during(-0.1, 1)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> CONTROL.during(0, 1.1)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> CONTROL.withScale(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void luminanceIsGrey() {
        BufferedImage red = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        red.setRGB(0, 0, 0xFF0000);
        assertThat(Preprocessor.LUMINANCE.apply(red).getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x4C4C4C);
        assertThat(Preprocessor.NONE.apply(red)).isSameAs(red);
    }

    private static List<Double> weights(Control control, int steps) {
        return IntStream.range(0, steps).mapToObj(i -> control.weight(i, steps)).toList();
    }
}
