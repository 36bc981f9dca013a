package io.percolate.diffusion.unet.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UNetFilesTest {

    private static final UNetConfig CONFIG = UNetConfig.small(4, 16, 32);

    /** With finer levels, whatever their width. */
    private static final String NEW = "conv_(in|out|norm_out)[.].*|up_blocks[.]2[.]upsamplers[.].*";

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
        UNet other = load(CONFIG.withChannels(6, 6));
        requireTakenOver(other, 0, "conv_(in|out)[.].*");
    }

    @Test
    void aNetworkForTheSameLatentsTakesOverAll() {
        requireTakenOver(load(CONFIG), 0, "");
    }

    @Test
    void finerLevelsOfTheSameWidthLeaveEverythingInsideAsItWas() {
        int width = CONFIG.levels().get(0).channels();
        requireTakenOver(
                load(CONFIG.withFiner(List.of(32, width))),
                2,
                NEW + "|down_blocks[.][01][.].*|up_blocks[.][34][.].*|time_embedding[.]linear_1[.].*");
    }

    @Test
    void whatJoinsAFinerLevelOfAnotherWidthBeginsAnew() {
        requireTakenOver(
                load(CONFIG.withFiner(List.of(32))),
                1,
                NEW + "|down_blocks[.]0[.].*|up_blocks[.]3[.].*|time_embedding[.]linear_1[.].*"
                        + "|down_blocks[.]1[.]resnets[.]0[.].*|up_blocks[.]2[.]resnets[.]2[.].*");
    }

    @Test
    void anotherNetworkInsideIsRefused() {
        UNetConfig other = CONFIG.withoutFinest(1).withFiner(List.of(64));
        assertThatThrownBy(() -> load(other)).isInstanceOf(WeightsException.class);
    }

    private UNet load(UNetConfig wanted) {
        UNet unet = UNetFiles.load(folder, wanted, 2, manager);
        assertThat(unet.config()).isEqualTo(wanted);
        return unet;
    }

    /** Compares by the names in the saved network, those on the way down being {@code finer} higher in the other. */
    private void requireTakenOver(UNet unet, int finer, String anew) {
        unet.parameters().forEach((name, parameter) -> {
            if (name.matches(anew)) {
                assertThat(parameter.value().isNaN().any().getBoolean())
                        .as(name)
                        .isFalse();
            } else {
                assertThat(parameter.value())
                        .as(name)
                        .isEqualTo(saved.parameters().get(before(name, finer)).value());
            }
        });
    }

    private static String before(String name, int finer) {
        return Pattern.compile("(?<=^down_blocks[.])\\d+")
                .matcher(name)
                .replaceFirst(level -> String.valueOf(Integer.parseInt(level.group()) - finer));
    }
}
