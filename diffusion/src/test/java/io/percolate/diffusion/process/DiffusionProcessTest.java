package io.percolate.diffusion.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.Trained;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DiffusionProcessTest {

    private static final BetaSchedule ZERO_SNR = new ZeroTerminalSnr(new ScaledLinear(0.00085, 0.012));

    /** At pure noise the predicted noise is the input itself: x0 = (x - epsilon) / 0 (Lin et al. 2024, section 3.2). */
    @Test
    void epsilonCannotBePredictedFromPureNoise() {
        assertThatThrownBy(() -> new DiffusionProcess(ZERO_SNR, 1000, Prediction.EPSILON))
                .hasMessageContaining("epsilon")
                .hasMessageContaining("zero SNR")
                .hasMessageContaining("v_prediction")
                .hasMessageContaining("rescale_betas_zero_snr");
        assertThatThrownBy(() -> new DiffusionProcess(new Trained(List.of(0.5, 1.0)), 2, Prediction.EPSILON))
                .hasMessageContaining("zero SNR");
        DiffusionProcess velocity = new DiffusionProcess(ZERO_SNR, 1000, Prediction.V);
        assertThatThrownBy(() -> velocity.withPrediction(Prediction.EPSILON)).hasMessageContaining("zero SNR");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "EPSILON")
    void otherPredictionsAreFineAtPureNoise(Prediction prediction) {
        DiffusionProcess process = new DiffusionProcess(ZERO_SNR, 1000, prediction);
        assertThat(process.schedule().snr(999)).isZero();
    }
}
