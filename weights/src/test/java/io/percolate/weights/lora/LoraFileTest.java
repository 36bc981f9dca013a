package io.percolate.weights.lora;

import static io.percolate.weights.lora.LowRank.KOHYA_QUERY;
import static io.percolate.weights.lora.LowRank.QUERY;
import static io.percolate.weights.lora.LowRank.assertClose;
import static io.percolate.weights.lora.LowRank.network;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.pickle.PickleText;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraFileTest {

    private static final int RANK = LowRank.RANK;
    private static final double ALPHA = 6;
    private static final double SCALE = 0.7;

    @TempDir
    private Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void oneByOneConvolutionsTakeUpdatesOfMatricesAndTheReverse() {
        NDArray convolution = manager.ones(new Shape(8, 8, 1, 1));
        NDArray matrix = manager.ones(new Shape(8, 8));
        StateDict network = StateDict.of(Map.of("mid_block.a.weight", convolution, "mid_block.b.weight", matrix));
        LowRank forMatrix = LowRank.of(manager, matrix.getShape(), 1);
        LowRank forConvolution = LowRank.of(manager, convolution.getShape(), 2);
        Map<String, NDArray> tensors = forMatrix.tensors(LoraNaming.PEFT, "unet.mid_block.a", ALPHA);
        tensors.putAll(forConvolution.tensors(LoraNaming.PEFT, "unet.mid_block.b", ALPHA));
        try (LoraFile lora = write(tensors, Map.of())) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, 1);
            double factor = ALPHA / RANK;
            assertClose(merged.read(manager, "mid_block.a.weight"), forMatrix.addedTo(convolution, factor));
            assertClose(merged.read(manager, "mid_block.b.weight"), forConvolution.addedTo(matrix, factor));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1",
                "{'unet.r': 4, 'unet.lora_alpha': 8} | 2",
                "{'unet.lora_alpha': 8, 'unet.use_rslora': true} | 4",
                "{'unet.lora_alpha': 8, 'unet.alpha_pattern': {'attn1.to_q': 2, 'attn2.to_q': 12}} | 0.5",
                "{'text_encoder.lora_alpha': 8} | 1"
            })
    void alphaIsTheRankUnlessTheMetadataOfPeftTells(String json, double factor) {
        try (StateDict network = network("sdxl-tiny", ModelPart.UNET)) {
            NDArray before = network.read(manager, QUERY + ".weight");
            LowRank update = LowRank.of(manager, before.getShape(), 1);
            Map<String, NDArray> tensors = update.tensors(LoraNaming.PEFT, "unet." + QUERY);
            try (LoraFile lora = write(tensors, Map.of("lora_adapter_metadata", json.replace('\'', '"')))) {
                StateDict merged = lora.mergedInto(ModelPart.UNET, network, 1);
                assertClose(merged.read(manager, QUERY + ".weight"), update.addedTo(before, factor));
            }
        }
    }

    @Test
    void torchFilesHoldTheSameUpdates() throws IOException {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET)) {
            NDArray before = network.read(manager, QUERY + ".weight");
            LowRank update = LowRank.of(manager, before.getShape(), 1);
            PickleText text = new PickleText().op("\u0080\2}(");
            text.text(QUERY.replace("to_q", "processor.to_q_lora.down.weight"))
                    .tensor("FloatStorage", "1", 128, new long[] {RANK, 32}, new long[] {32, 1}, "N");
            text.text(QUERY.replace("to_q", "processor.to_q_lora.up.weight"))
                    .tensor("FloatStorage", "2", 128, new long[] {32, RANK}, new long[] {1, 32}, "N");
            Map<String, float[]> storages = new LinkedHashMap<>();
            storages.put("1", update.down().toFloatArray());
            storages.put("2", update.up().transpose().toFloatArray());
            Path file = folder.resolve("pytorch_lora_weights.bin");
            Files.write(file, PickleText.legacy(text.op("u.").bytes(), storages));
            try (LoraFile lora = WeightFile.openLora(folder, manager)) {
                StateDict merged = lora.mergedInto(ModelPart.UNET, network, 1);
                assertClose(merged.read(manager, QUERY + ".weight"), update.addedTo(before, 1));
            }
        }
    }

    @Test
    void twoFilesAddUpInAnyOrder() {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET)) {
            NDArray before = network.read(manager, QUERY + ".weight");
            LowRank one = LowRank.of(manager, before.getShape(), 1);
            LowRank two = LowRank.of(manager, before.getShape(), 2);
            try (LoraFile first = write(one.tensors(LoraNaming.KOHYA, KOHYA_QUERY), Map.of());
                    LoraFile second = write(two.tensors(LoraNaming.PEFT, "unet." + QUERY), Map.of())) {
                NDArray expected = two.addedTo(one.addedTo(before, 0.5), -2);
                StateDict there = second.mergedInto(ModelPart.UNET, first.mergedInto(ModelPart.UNET, network, 0.5), -2);
                StateDict back = first.mergedInto(ModelPart.UNET, second.mergedInto(ModelPart.UNET, network, -2), 0.5);
                assertClose(there.read(manager, QUERY + ".weight"), expected);
                assertClose(back.read(manager, QUERY + ".weight"), expected);
            }
        }
    }

    @Test
    void scaleZeroChangesNothingBitForBit() {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET);
                LoraFile lora = query("sd1-tiny")) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, 0);
            assertThat(merged.read(manager, QUERY + ".weight")).isEqualTo(network.read(manager, QUERY + ".weight"));
            assertThat(merged.exactType(QUERY + ".weight")).isEqualTo(network.exactType(QUERY + ".weight"));
        }
    }

    @Test
    void sumsOfHalfPrecisionAreReadUnrounded() {
        try (StateDict network = network("sd2-tiny", ModelPart.UNET);
                LoraFile lora = query("sd2-tiny")) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, SCALE);
            assertThat(merged.info(QUERY + ".weight").type()).isEqualTo(ElementType.F16);
            List<NDArray> bound = new ArrayList<>();
            Map<String, Shape> expected = new LinkedHashMap<>();
            merged.names().forEach(name -> expected.put(name, merged.info(name).shape()));
            StrictLoading.bind(
                    merged,
                    expected,
                    (name, read) -> {
                        if (name.contains(QUERY)) {
                            bound.add(read.get());
                        }
                    },
                    manager);
            NDArray exact = merged.read(manager, QUERY + ".weight");
            assertThat(bound).containsExactly(exact);
            assertThat(exact.toType(DataType.FLOAT16, true).toType(DataType.FLOAT32, true))
                    .isNotEqualTo(exact);
        }
    }

    @Test
    void readingLeavesOnlyTheResult() {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET);
                LoraFile lora = query("sd1-tiny");
                NDManager own = manager.newSubManager()) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, SCALE);
            for (int i = 0; i < 3; i++) {
                merged.read(own, QUERY + ".weight").close();
            }
            assertThat(own.getManagedArrays()).isEmpty();
        }
    }

    @Test
    void theSummaryTellsRanksAndAlphas() {
        Map<String, NDArray> tensors = LowRank.of(manager, new Shape(32, 32), 1).tensors(LoraNaming.KOHYA, KOHYA_QUERY);
        tensors.putAll(
                LowRank.of(manager, new Shape(8, 8), 1).tensors(LoraNaming.PEFT, "text_encoder.layers.0", ALPHA));
        try (LoraFile lora = write(tensors, Map.of())) {
            LoraSummary summary = lora.summary();
            assertThat(summary.family()).isEmpty();
            assertThat(summary.naming()).containsExactly(LoraNaming.KOHYA, LoraNaming.PEFT);
            assertThat(summary.updates()).isEqualTo(Map.of(ModelPart.UNET, 1L, ModelPart.TEXT_ENCODER, 1L));
            assertThat(summary.ranks()).containsExactly((long) RANK);
            assertThat(summary.alphas()).containsExactly((double) RANK, ALPHA);
        }
    }

    private LoraFile query(String model) {
        try (StateDict network = network(model, ModelPart.UNET)) {
            LowRank update = LowRank.of(manager, network.info(QUERY + ".weight").shape(), 1);
            return write(update.tensors(LoraNaming.KOHYA, KOHYA_QUERY, ALPHA), Map.of());
        }
    }

    private LoraFile write(Map<String, NDArray> tensors, Map<String, String> metadata) {
        return LowRank.write(folder, tensors, metadata);
    }
}
