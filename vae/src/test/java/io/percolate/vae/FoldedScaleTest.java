package io.percolate.vae;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.vae.VaeConfig.LatentConvs;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedScaleTest {

    private static final VaeConfig CONFIG = VaeConfig.of(List.of(8, 16), 1, 3, 4)
            .withLatentScale(new LatentScale(0.5, 0, List.of(0.25, -0.6, 3.0), List.of(0.08, 1.25, 2.0)));

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    Path folder;

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSavedAutoencoderCodesAsBeforeByItsFactorAlone(boolean convolutions) {
        AutoencoderKl before = network(CONFIG.withLatentConvs(new LatentConvs(convolutions, convolutions)));
        before.save(folder, ElementType.F32);
        AutoencoderKl after = AutoencoderKl.load(folder, manager);
        NDArray pixels = manager.randomUniform(-1, 1, new Shape(2, 3, 16, 16));
        NDArray noise = manager.randomNormal(new Shape(2, 3, 8, 8));
        Gradients.off(() -> {
            NDArray latents = before.encodeScaled(pixels, noise);
            assertClose("latents", after.encode(pixels).sample(noise).mul(0.5f), latents, 1e-5);
            assertClose("pixels", after.decode(latents.div(0.5f)), before.decodeScaled(latents), 1e-5);
            return null;
        });
        assertThat(after.config().latentScale()).isEqualTo(LatentScale.of(0.5));
        JsonConfig json = JsonConfig.read(folder.resolve("config.json"));
        assertThat(json.isNull("latents_mean")).isTrue();
        assertThat(json.isNull("latents_std")).isTrue();
    }

    @Test
    void theFoldedConvolutionsKeepTheirPrecisionInAHalfPrecisionFile() {
        network(CONFIG).save(folder, ElementType.F16);
        try (StateDict dict = WeightFile.open(folder)) {
            assertThat(dict.info("quant_conv.weight").type()).isEqualTo(ElementType.F32);
            assertThat(dict.info("post_quant_conv.bias").type()).isEqualTo(ElementType.F32);
            assertThat(dict.info("decoder.conv_in.weight").type()).isEqualTo(ElementType.F16);
        }
    }

    @Test
    void oneFactorForAllChannelsLeavesTheWeightsAlone() {
        AutoencoderKl before = network(CONFIG.withLatentScale(LatentScale.of(0.2)));
        before.save(folder, ElementType.F32);
        AutoencoderKl after = AutoencoderKl.load(folder, manager);
        assertThat(after.config()).isEqualTo(before.config());
        assertThat(after.parameters().get("quant_conv.weight").value())
                .isEqualTo(before.parameters().get("quant_conv.weight").value());
    }

    private AutoencoderKl network(VaeConfig config) {
        AutoencoderKl vae = new AutoencoderKl(config);
        vae.initialise(manager, 3);
        vae.makeTrainable();
        return vae;
    }
}
