package io.percolate.conditioning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.tokenizer.TokenIds;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTextEncoderTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = TorchEngine.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1-tiny", "sd2-tiny"})
    void statesAreThoseOfTransformers(String model) {
        ClipTextEncoder encoder = load(model + "/text_encoder");
        try (StateDict expected = SafeTensors.open(Reference.path(model + "/expected_parts.safetensors"))) {
            NDArray ids = expected.read(manager, "text.input_ids");
            Scope.run(() -> Gradients.off(() -> {
                TextStates states = encoder.forward(ids, Precision.FP32);
                Reference.assertClose(
                        states.last(), expected.read(manager, "text.last_hidden_state"), Reference.CALL_TOLERANCE);
                Reference.assertClose(
                        encoder.normalise(states.hidden(1)),
                        expected.read(manager, "text.penultimate_normed"),
                        Reference.CALL_TOLERANCE);
                Reference.assertClose(
                        states.pooled(), expected.read(manager, "text.pooler_output"), Reference.CALL_TOLERANCE);
                return null;
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1-tiny/text_encoder", "sdxl-tiny/text_encoder_2"})
    void savedFolderHasTheKeysOfThePublishedOne(String folder, @TempDir Path saved) {
        load(folder).save(saved, ElementType.F16);
        JsonConfig config = JsonConfig.read(saved.resolve("config.json"));
        JsonConfig published = JsonConfig.read(Reference.path(folder + "/config.json"));
        assertThat(config.values().keySet()).isEqualTo(published.values().keySet());
        assertThat(TextEncoderJson.read(config)).isEqualTo(TextEncoderJson.read(published));
        try (StateDict ours = SafeTensors.open(saved.resolve("model.safetensors"));
                StateDict theirs = SafeTensors.open(Reference.path(folder + "/model.safetensors"))) {
            assertThat(new TreeSet<>(ours.names()))
                    .isEqualTo(new TreeSet<>(
                            theirs.without("text_model.embeddings.position_ids").names()));
        }
        ClipTextEncoder.load(saved, manager).close();
    }

    @Test
    void namesWithoutThePrefixAreRead() {
        Path folder = Reference.path("sdxl-tiny/text_encoder_2");
        TextEncoderConfig config = TextEncoderJson.read(JsonConfig.read(folder.resolve("config.json")));
        try (StateDict dict = SafeTensors.open(folder.resolve("model.safetensors"))) {
            StateDict renamed = dict.renamed(name -> name.replace("text_model.", ""));
            assertThat(ClipTextEncoder.load(config, renamed, manager).parameterCount())
                    .isEqualTo(load("sdxl-tiny/text_encoder_2").parameterCount());
        }
    }

    @Test
    void gradientReachesTheTablesAlsoInBf16() {
        ClipTextEncoder encoder = load("sdxl-tiny/text_encoder_2");
        encoder.makeTrainable();
        NDArray ids = manager.create(new long[] {2512, 7, 7, 2513}, new Shape(1, 4));
        NDArray loss = Gradients.on(() -> {
            TextStates states = encoder.forward(ids, Precision.BF16);
            NDArray sum =
                    Aten.to(states.projected().orElseThrow(), Precision.FP32).sum();
            return sum.add(Aten.to(states.last(), Precision.FP32).square().sum());
        });
        Gradients.backward(loss);
        encoder.parameters().forEach((name, parameter) -> {
            try (NDArray gradient = Gradients.of(parameter.value())) {
                assertThat(gradient).as(name).isNotNull();
                assertThat(gradient.abs().sum().getFloat()).as(name).isPositive();
            }
        });
        try (NDArray table = Gradients.of(encoder.parameters()
                .get("text_model.embeddings.token_embedding.weight")
                .value())) {
            assertThat(table.get(8).abs().sum().getFloat()).isZero();
            assertThat(table.get(7).abs().sum().getFloat()).isPositive();
        }
    }

    @Test
    void laterWordsDoNotChangeEarlierStates() {
        ClipTextEncoder encoder = load("sd1-tiny/text_encoder");
        NDArray ids = manager.create(new long[] {2012, 5, 6, 2013, 2012, 5, 9, 2013}, new Shape(2, 4));
        NDArray last = Gradients.off(() -> encoder.forward(ids, Precision.FP32).last());
        assertThat(last.get(0, 1).toFloatArray()).isEqualTo(last.get(1, 1).toFloatArray());
        assertThat(last.get(0, 2).toFloatArray()).isNotEqualTo(last.get(1, 2).toFloatArray());
    }

    @Test
    void pooledStateIsAtTheFirstEndTokenOrInOldConfigsAtTheLargestId() {
        long[] ids = {9, 4, 6, 5, 6, 8, 0};
        assertThat(new TokenIds(9, 6, 0).pooledPosition(ids)).isEqualTo(2);
        assertThat(new TokenIds(0, 2, 1).pooledPosition(new long[] {7, 4, 9, 9, 1}))
                .isEqualTo(2);
    }

    @Test
    void encodingLeavesOnlyTheStates() {
        ClipTextEncoder encoder = load("sdxl-tiny/text_encoder_2");
        NDManager own = manager.newSubManager();
        NDArray ids = own.create(new long[] {2512, 7, 2513}, new Shape(1, 3));
        int loaded = manager.getManagedArrays().size();
        TextStates states = Gradients.off(() -> encoder.forward(ids, Precision.FP32));
        assertThat(own.getManagedArrays()).hasSize(1 + 4 + 3);
        states.close();
        assertThat(own.getManagedArrays()).hasSize(1);
        assertThat(manager.getManagedArrays()).hasSize(loaded);
    }

    @Test
    void initialisedEncoderStartsWithSmallStates() {
        ClipTextEncoder encoder = new ClipTextEncoder(
                TextEncoderJson.read(JsonConfig.read(Reference.path("sd1-tiny/text_encoder/config.json"))));
        encoder.initialise(manager, 1);
        float[] table = encoder.parameters()
                .get("text_model.embeddings.token_embedding.weight")
                .value()
                .toFloatArray();
        double square = 0;
        for (float value : table) {
            square += value * value;
        }
        assertThat(Math.sqrt(square / table.length)).isBetween(0.019, 0.021);
    }

    @Test
    void tooManyTokensAreRefused() {
        ClipTextEncoder encoder = load("sd1-tiny/text_encoder");
        long[] ids = new long[78];
        Arrays.fill(ids, 1);
        NDArray tooLong = manager.create(ids, new Shape(1, 78));
        assertThatThrownBy(() -> encoder.forward(tooLong, Precision.FP32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 77");
    }

    @Test
    void unknownActivationIsRefusedByName() {
        assertThatThrownBy(() -> TextEncoderJson.read(JsonConfig.of(Map.of("hidden_act", "relu"))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("relu");
    }

    private ClipTextEncoder load(String folder) {
        return ClipTextEncoder.load(Reference.path(folder), manager);
    }
}
