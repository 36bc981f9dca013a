package io.percolate.diffusion.unet.published;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UNetFilesTest {

    private static final UNetConfig CONFIG = UNetConfig.small(4, 16, 32);

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    private Path folder;

    private UNet saved;

    @BeforeEach
    void save() {
        saved = new UNet(CONFIG);
        saved.initialise(manager, 1);
        UNetFiles.save(saved, folder, ElementType.F32);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aNetworkForOtherLatentsTakesOverWhatDoesNotSeeThem() {
        UNet other = UNetFiles.load(folder, 6, 2, manager);
        assertThat(other.config()).isEqualTo(CONFIG.withChannels(6, 6));
        other.parameters().forEach((name, parameter) -> {
            if (name.startsWith("conv_in.") || name.startsWith("conv_out.")) {
                assertThat(parameter.value().isNaN().any().getBoolean())
                        .as(name)
                        .isFalse();
            } else {
                assertThat(parameter.value())
                        .as(name)
                        .isEqualTo(saved.parameters().get(name).value());
            }
        });
    }

    @Test
    void aNetworkForTheSameLatentsTakesOverAll() {
        UNet same = UNetFiles.load(folder, 4, 2, manager);
        assertThat(same.config()).isEqualTo(CONFIG);
        same.parameters().forEach((name, parameter) -> assertThat(parameter.value())
                .as(name)
                .isEqualTo(saved.parameters().get(name).value()));
    }
}
