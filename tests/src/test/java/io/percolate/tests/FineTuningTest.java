package io.percolate.tests;

import static io.percolate.tests.TestFolders.same;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.WeightFile;
import io.percolate.weights.inversion.TextualInversion;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of every family learn a token, or as a whole, by the command, and open again with what they learned. */
class FineTuningTest {

    private static final Path DATA = TestFolders.DATA;

    @TempDir
    Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void makeImages() {
        tiny = new TinyFineTuning(folder);
    }

    @ParameterizedTest
    @CsvSource({"sd1-tiny, 1", "sdxl-tiny, 3"})
    void aTokenIsLearnedAndOpensAgain(String model, int vectors) {
        Path file = folder.resolve("token.safetensors");
        assertThat(tiny.token(model, file, vectors)).isZero();
        try (TextualInversion learned = TextualInversion.open(file, Optional.empty())) {
            assertThat(learned.token()).isEqualTo("<xyz>");
            assertThat(learned.vectorCount(ModelPart.TEXT_ENCODER, 32)).isEqualTo(vectors);
        }
        Path start = folder.resolve("token").resolve("start.safetensors");
        Path before = tiny.generate(model, model, "before.png", "--embedding", start + ":<xyz>");
        Path after = tiny.generate(model, model, "after.png", "--embedding", file.toString());
        assertThat(same(before, after)).isFalse();
    }

    @Test
    void aWholeDenoiserIsTrainedBesideWhatStaysAsItIs() {
        Path out = folder.resolve("model");
        assertThat(tiny.whole("sd1-tiny", out)).isZero();
        for (String file : List.of("vae/config.json", "text_encoder/config.json")) {
            assertThat(same(out.resolve(file), DATA.resolve("sd1-tiny").resolve(file)))
                    .isTrue();
        }
        Path before = tiny.generate("sd1-tiny", "sd1-tiny", "before.png");
        Path after = tiny.generate(out, "after.png");
        assertThat(same(before, after)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sd2-tiny, text_encoder", "sdxl-tiny, text_encoder", "sdxl-tiny, text_encoder_2"})
    void textEncodersLearnBesideAWholeDenoiser(String model, String encoder) {
        Path out = folder.resolve("model");
        Path parts = folder.resolve("parts");
        assertThat(tiny.whole(model, out, "--text-encoder", "--steps", "2")).isZero();
        assertThat(tiny.whole(model, parts, "--text-encoder", "--steps", "1")).isZero();
        assertThat(tiny.whole(model, parts, "--text-encoder", "--steps", "2", "--resume"))
                .isZero();
        Path weights = Path.of(encoder, "model.safetensors");
        assertThat(same(out.resolve(weights), parts.resolve(weights))).isTrue();
        String layer = "text_model.encoder.layers.0.self_attn.q_proj.weight";
        assertThat(values(out.resolve(encoder), layer))
                .isNotEqualTo(values(DATA.resolve(model).resolve(encoder), layer));
        tiny.generate(out, "after.png");
    }

    private static float[] values(Path encoder, String tensor) {
        try (NDManager manager = TorchEngine.newManager();
                StateDict weights = WeightFile.open(encoder)) {
            String name = weights.has(tensor) ? tensor : tensor.replace("text_model.", "");
            return weights.read(manager, name, DataType.FLOAT32).toFloatArray();
        }
    }
}
