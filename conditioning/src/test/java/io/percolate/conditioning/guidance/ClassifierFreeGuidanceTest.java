package io.percolate.conditioning.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifierFreeGuidanceTest {

    /** Adds its context to every pixel. */
    private static final ConditionalDenoiser NETWORK =
            (x, timestep, inputs) -> x.add(inputs.context().reshape(-1, 1, 1, 1));

    private final List<Long> batchSizes = new ArrayList<>();
    private final ConditionalDenoiser counted = (x, timestep, inputs) -> {
        batchSizes.add(x.getShape().get(0));
        return NETWORK.predict(x, timestep, inputs);
    };
    private NDManager manager;
    private NDArray x;
    private PromptEmbeddings prompts;

    @BeforeEach
    void open() {
        manager = TorchEngine.newManager();
        x = manager.create(new float[] {1, 2}, new Shape(2, 1, 1, 1));
        prompts = new PromptEmbeddings(context(10, 20), context(100, 200));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void unconditionalRowsComeFirstInOneBatchedCall() {
        NDArray guided = guide(Guidance.of(3)).predict(x, 5);
        assertThat(guided.toFloatArray()).containsExactly(1 + 10 + 3 * 90, 2 + 20 + 3 * 180);
        assertThat(batchSizes).containsExactly(4L);
    }

    @Test
    void scaleOneIsTheConditionalPredictionAlone() {
        NDArray guided = guide(Guidance.OFF).predict(x, 5);
        assertThat(guided.toFloatArray()).containsExactly(101, 202);
        assertThat(batchSizes).containsExactly(2L);
    }

    @Test
    void outsideItsIntervalGuidanceCostsNothing() {
        Denoiser guided = guide(new Guidance(3, 0, new Guidance.Interval(100, 800)));
        assertThat(guided.predict(x, 900).toFloatArray()).containsExactly(101, 202);
        assertThat(guided.predict(x, 800).toFloatArray()).containsExactly(281, 562);
        assertThat(guided.predict(x, 99).toFloatArray()).containsExactly(101, 202);
        assertThat(batchSizes).containsExactly(2L, 4L, 2L);
    }

    @Test
    void fullRescaleGivesEachImageTheConditionalDeviation() {
        NDArray pixels = manager.create(new float[] {1, 3, 0, 8}, new Shape(2, 1, 1, 2));
        ConditionalDenoiser scaling =
                (image, timestep, c) -> image.mul(c.context().reshape(-1, 1, 1, 1));
        PromptEmbeddings factors = new PromptEmbeddings(context(1, 1), context(2, 5));
        float[] full = ClassifierFreeGuidance.of(scaling, factors, rescaled(4, 1))
                .predict(pixels, 5)
                .toFloatArray();
        assertThat(full[1] - full[0]).isEqualTo(2 * 2, within(1e-5f));
        assertThat(full[3] - full[2]).isEqualTo(8 * 5, within(1e-4f));
        float[] half = ClassifierFreeGuidance.of(scaling, factors, rescaled(4, 0.5))
                .predict(pixels, 5)
                .toFloatArray();
        float guided = 1 + 4 * (2 - 1);
        assertThat(half[1] - half[0]).isEqualTo(2 * (guided + 2) / 2, within(1e-5f));
    }

    @Test
    void repeatedRowsLieSideBySide() {
        assertThat(prompts.repeat(2).conditional().context().toFloatArray()).containsExactly(100, 100, 200, 200);
    }

    @Test
    void inputsOfDifferentKindsAreRefused() {
        DenoiserInputs pooled = context(1, 2).withPooled(manager.ones(new Shape(2, 3)), manager.ones(new Shape(2, 6)));
        assertThatThrownBy(() -> pooled.concat(context(1, 2))).hasMessageContaining("pooled state");
    }

    @Test
    void aStepLeavesNothingButItsResult() {
        Gradients.off(() -> {
            Scope.run(() -> {
                Denoiser guided = guide(rescaled(3, 0.7));
                int before = manager.getManagedArrays().size();
                guided.predict(x, 5).close();
                assertThat(manager.getManagedArrays()).hasSize(before);
            });
            return null;
        });
    }

    @Test
    void impossibleGuidanceIsRefusedWithItsValue() {
        assertThatThrownBy(() -> Guidance.of(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> rescaled(2, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Guidance.Interval(9, 3)).hasMessageContaining("9.0 to 3.0");
    }

    private static Guidance rescaled(double scale, double phi) {
        return new Guidance(scale, phi, Guidance.Interval.ALWAYS);
    }

    private Denoiser guide(Guidance guidance) {
        return ClassifierFreeGuidance.of(counted, prompts, guidance);
    }

    private DenoiserInputs context(float... values) {
        return DenoiserInputs.context(manager.create(values, new Shape(values.length, 1, 1)));
    }
}
