package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomStream;
import io.percolate.vae.VaeConfig.Blocks;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Autoencoders of high factors, with shortcuts between their levels. */
class ResizingTest {

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    private Path folder;

    @AfterEach
    void free() {
        manager.close();
    }

    /** Channel 0 is 1 2 / 3 4, channel 1 is 5 6 / 7 8: eight channels of a pixel, averaged two by two to four. */
    @Test
    void theShortcutDownAveragesChannels() {
        NDArray x = manager.arange(1, 9, 1f).reshape(1, 2, 2, 2);
        assertThat(shortcutAlone(Resizing.SHORTCUT.down(2, 4)).forward(x).toFloatArray())
                .containsExactly(1.5f, 3.5f, 5.5f, 7.5f);
    }

    /** Four channels, each two times: the first two are the four pixels of channel 0. */
    @Test
    void theShortcutUpRepeatsChannels() {
        NDArray x = manager.arange(1, 5, 1f).reshape(1, 4, 1, 1);
        NDArray y = shortcutAlone(Resizing.SHORTCUT.up(4, 2)).forward(x);
        assertThat(y.getShape()).isEqualTo(new Shape(1, 2, 2, 2));
        assertThat(y.toFloatArray()).containsExactly(1, 1, 2, 2, 3, 3, 4, 4);
    }

    @Test
    void whatTheShortcutsTakeUpComesDownAgain() {
        NDArray x = manager.randomUniform(-1, 1, new Shape(2, 8, 3, 5));
        NDArray up = shortcutAlone(Resizing.SHORTCUT.up(8, 4)).forward(x);
        NDArray down = shortcutAlone(Resizing.SHORTCUT.down(4, 8)).forward(up);
        assertThat(down.toFloatArray()).containsExactly(x.toFloatArray());
    }

    @Test
    void aFolderWithShortcutsIsOpenedAgain() {
        try (AutoencoderKl vae = shortcuts(List.of(4, 8, 16, 16, 16, 16))) {
            vae.save(folder, ElementType.F32);
            NDArray image = new RandomStream(1).uniform(manager, new Shape(1, 3, 64, 32));
            try (AutoencoderKl opened = AutoencoderKl.load(folder, manager)) {
                assertThat(opened.config()).isEqualTo(vae.config());
                assertThat(opened.config().downsamplingFactor()).isEqualTo(32);
                assertThat(reconstruction(opened, image).toFloatArray())
                        .containsExactly(reconstruction(vae, image).toFloatArray());
            }
        }
    }

    @Test
    void anAutoencoderOfFactor16Learns() {
        try (AutoencoderKl vae = shortcuts(List.of(4, 8, 16, 16, 16))) {
            vae.makeTrainable();
            NDArray images = gradients();
            VaeLoss loss = new VaeLoss(new VaeLossConfig(Reconstruction.L2, 0, 1, 0, 0));
            try (Optimizer optimizer = new Optimizer(vae.parameters(), OptimizerConfig.DEFAULT)) {
                optimizer.setLearningRate(3e-3);
                float first = step(vae, optimizer, loss, images);
                float last = first;
                for (int i = 0; i < 30; i++) {
                    last = step(vae, optimizer, loss, images);
                }
                assertThat(last).isLessThan(first / 4);
            }
        }
    }

    private static float step(AutoencoderKl vae, Optimizer optimizer, VaeLoss loss, NDArray images) {
        return optimizer
                .minimise(() -> {
                    LatentDistribution posterior = vae.encode(images);
                    return loss.of(images, vae.decode(posterior.mode()), posterior)
                            .total();
                })
                .loss();
    }

    /** Four images whose channels rise from one corner to another. */
    private NDArray gradients() {
        NDArray rise = manager.arange(32f).div(16).sub(1);
        NDArray across = rise.reshape(1, 1, 1, 32).broadcast(1, 3, 32, 32);
        NDArray down = rise.reshape(1, 1, 32, 1).broadcast(1, 3, 32, 32);
        return across.concat(down).concat(across.neg()).concat(down.neg());
    }

    private static NDArray reconstruction(AutoencoderKl vae, NDArray image) {
        return vae.decode(vae.encode(image).mode());
    }

    private AutoencoderKl shortcuts(List<Integer> widths) {
        VaeConfig usual = VaeConfig.of(widths, 1, 8, 4);
        AutoencoderKl vae = new AutoencoderKl(new VaeConfig(
                usual.channels(),
                new Blocks(widths, 1, 4, false, Resizing.SHORTCUT),
                usual.latentConvs(),
                32,
                usual.latentScale(),
                true));
        vae.initialise(manager, 1);
        return vae;
    }

    /** The layer with a convolution of zeros. */
    private LevelChange shortcutAlone(LevelChange layer) {
        layer.parameters().values().forEach(parameter -> parameter.set(manager.zeros(parameter.shape())));
        return layer;
    }
}
