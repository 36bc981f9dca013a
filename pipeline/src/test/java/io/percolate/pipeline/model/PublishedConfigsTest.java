package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.Prediction;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedConfigsTest {

    @TempDir
    private Path folder;

    @Test
    void markersOfVelocityAndZeroTerminalSnrAreRead() {
        DiffusionProcess process = process("v_pred", "ztsnr");
        assertThat(process.prediction()).isEqualTo(Prediction.V);
        assertThat(process.schedule().snr(999)).isZero();
    }

    /** Zero terminal SNR is for velocity alone: a file that predicts epsilon was not trained on it. */
    @Test
    void zeroTerminalSnrWithoutVelocityIsIgnored() {
        DiffusionProcess process = process("ztsnr");
        assertThat(process.prediction()).isEqualTo(Prediction.EPSILON);
        assertThat(process.schedule().snr(999)).isPositive();
    }

    /** What a Stable Diffusion XL file with these marker tensors was trained on. */
    private DiffusionProcess process(String... markers) {
        Path path = folder.resolve("model.safetensors");
        try (NDManager manager = TorchEngine.newManager()) {
            Map<String, NDArray> tensors = new TreeMap<>();
            tensors.put(ModelFamily.SDXL.distinctivePrefix() + "logit_scale", manager.ones(new Shape(1)));
            tensors.put("model.diffusion_model.input_blocks.0.0.weight", manager.ones(new Shape(320, 4, 3, 3)));
            tensors.put("model.diffusion_model.out.2.weight", manager.ones(new Shape(4, 320, 3, 3)));
            for (String marker : markers) {
                tensors.put(marker, manager.ones(new Shape(1)));
            }
            SafeTensors.write(path, tensors, Map.of(), ElementType.F32);
        }
        try (SingleFile file = SingleFile.open(path)) {
            return PublishedConfigs.of(file).sampler().process();
        }
    }
}
