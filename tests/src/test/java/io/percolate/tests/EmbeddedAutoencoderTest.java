package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded model's autoencoder as diffusers' pipelines read it: by {@code scaling_factor} alone. */
class EmbeddedAutoencoderTest {

    private final NDManager manager = TorchEngine.newManager();
    private AutoencoderKl vae;
    private JsonConfig config;

    @BeforeEach
    void load(@TempDir Path cache) {
        System.setProperty("percolate.cache", cache.toString());
        Path folder = EmbeddedModel.folder().resolve("vae");
        vae = AutoencoderKl.load(folder, manager);
        config = JsonConfig.read(folder.resolve("config.json"));
    }

    @AfterEach
    void free() {
        System.clearProperty("percolate.cache");
        vae.close();
        manager.close();
    }

    @Test
    void itsConfigHasNoStatistics() {
        assertThat(config.isNull("latents_mean")).isTrue();
        assertThat(config.isNull("latents_std")).isTrue();
        assertThat(config.isNull("shift_factor")).isTrue();
    }

    @Test
    void latentsDividedByTheScalingFactorDecodeToThePipelinesImage() {
        List<NDArray> decoded = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.load(EmbeddedModel.folder(), Precision.FP32)) {
            pipeline.generate(
                    GenerationRequest.of("a red apple").steps(4).seed(0).build(), new GenerationListener() {
                        @Override
                        public void finished(NDArray latents, NDArray pixels) {
                            assertDecodes(latents, pixels);
                            decoded.add(pixels);
                        }
                    });
        }
        assertThat(decoded).hasSize(1);
    }

    private void assertDecodes(NDArray latents, NDArray image) {
        float factor = (float) config.number("scaling_factor");
        try (NDArray decoded = Gradients.off(() -> vae.decode(latents.div(factor)))) {
            assertThat(decoded.getShape()).isEqualTo(image.getShape());
            assertThat(decoded.sub(image).abs().max().getFloat()).isLessThan((float) Reference.CALL_TOLERANCE);
        }
    }
}
