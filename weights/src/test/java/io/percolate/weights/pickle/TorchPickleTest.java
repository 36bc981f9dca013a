package io.percolate.weights.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.files.AtomicFile;
import io.percolate.weights.WeightFile;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchPickleTest {

    private static final Path SD1 = Path.of(System.getProperty("percolate.testdata"), "sd1-tiny");

    @TempDir
    Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aPublishedCheckpointHoldsTheTensorsOfItsSafetensors() {
        try (TorchPickle ckpt = TorchPickle.open(SD1.resolve("single-file-fp16.ckpt"));
                SafeTensors expected = SafeTensors.open(SD1.resolve("single-file.safetensors"))) {
            assertThat(ckpt.names()).containsExactlyInAnyOrderElementsOf(expected.names());
            assertThat(ckpt.numbers()).containsEntry("global_step", 7L);
            for (String name : expected.names()) {
                assertThat(ckpt.info(name).shape())
                        .isEqualTo(expected.info(name).shape());
                boolean isFloat = expected.info(name).type().isFloat();
                DataType type = isFloat ? DataType.FLOAT16 : DataType.INT64;
                assertThat(ckpt.read(manager, name, type)).as(name).isEqualTo(expected.read(manager, name, type));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion_pytorch_model.bin", "pytorch_model.bin", "diffusion_pytorch_model.fp16.bin"})
    void aFolderMayHoldItsWeightsAsTorchSavesThem(String name) throws IOException {
        Files.copy(SD1.resolve("single-file-fp16.ckpt"), folder.resolve(name));
        try (StateDict weights = WeightFile.open(folder);
                SafeTensors expected = SafeTensors.open(SD1.resolve("single-file.safetensors"))) {
            assertThat(weights.names()).containsExactlyInAnyOrderElementsOf(expected.names());
        }
    }

    @Test
    void theOldFormGivesContiguousTransposedAndOffsetTensors() {
        PickleText text = new PickleText().op("\u0080\2}(").text("state_dict").op("}(");
        text.text("a").tensor("FloatStorage", "11", 6, new long[] {2, 3}, new long[] {3, 1}, "N");
        text.text("at").tensor("FloatStorage", "11", 6, new long[] {3, 2}, new long[] {1, 3}, "N");
        text.text("b").tensor("FloatStorage", "22", 2, new long[] {}, new long[] {}, "(X\1\0\0\0vK\1K\1t");
        text.op("u").text("epoch").integer(3).op("u.");
        Map<String, float[]> storages = new LinkedHashMap<>();
        storages.put("11", new float[] {0, 1, 2, 3, 4, 5});
        storages.put("22", new float[] {7, 8});
        try (TorchPickle dict = TorchPickle.open(file(PickleText.legacy(text.bytes(), storages)))) {
            assertThat(dict.names()).containsExactly("a", "at", "b");
            assertThat(dict.numbers()).containsEntry("epoch", 3L);
            assertThat(dict.read(manager, "a").toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(dict.read(manager, "at").toFloatArray()).containsExactly(0, 3, 1, 4, 2, 5);
            assertThat(dict.read(manager, "at"))
                    .isEqualTo(dict.read(manager, "a").transpose());
            assertThat(dict.read(manager, "b").getFloat()).isEqualTo(8);
        }
    }

    @Test
    void whatTrainingFrameworksLeaveBehindIsReadAsNothing() {
        PickleText text = new PickleText().op("\u0080\2}(");
        text.text("callbacks")
                .op("}")
                .global("pytorch_lightning.callbacks", "ModelCheckpoint")
                .op("}s");
        text.text("best").global("numpy.core.multiarray", "scalar").op("()tR");
        text.text("lr")
                .global("collections", "defaultdict")
                .global("__builtin__", "dict")
                .op("\u0085R(K\1K\2u");
        text.text("w").tensor("FloatStorage", "1", 1, new long[] {1}, new long[] {1}, "N");
        Path file = file(PickleText.legacy(text.op("u.").bytes(), Map.of("1", new float[] {5})));
        try (TorchPickle dict = TorchPickle.open(file)) {
            assertThat(dict.names()).containsExactly("w");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "posix, system", "builtins, eval", "builtins, getattr", "__builtin__, exec", "torch.storage, _load_from_bytes",
        "java.lang, Runtime", "torch, load", "numpy, load", "subprocess, Popen", "torch.jit, load"
    })
    void aPickleThatCallsAnythingElseIsRefusedByName(String module, String name) {
        PickleText text = new PickleText()
                .op("\u0080\2")
                .global(module, name)
                .op("(")
                .text("rm -rf .")
                .op("tR.");
        Path file = file(PickleText.legacy(text.bytes(), Map.of()));
        assertThatThrownBy(() -> TorchPickle.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("it refers to " + module + "." + name + ", which weights do not need");
    }

    /** Stacks of millions, nested lists, lists that contain each other exponentially often, lists as keys. */
    @ParameterizedTest
    @ValueSource(strings = {"}", "(", "]q\0", "](h\0h\0eq\0", "](h\0h\0eq\0}h\0Ns0", "(t", "]Na"})
    @Timeout(300)
    void hostilePicklesEndSoon(String repeated) {
        String text = "]q\0" + repeated.repeat(600_000 / repeated.length());
        for (String end : new String[] {".", "tQ.", "a".repeat(100_000) + "."}) {
            byte[] object = new PickleText().op("\u0080\2").op(text).op(end).bytes();
            Path file = file(PickleText.legacy(object, Map.of()));
            assertThatThrownBy(() -> TorchPickle.open(file)).isInstanceOf(WeightsException.class);
        }
    }

    @Test
    void tensorsOutsideTheirStorageAreRefused() {
        assertRefused("w lies outside its storage", new long[] {3}, new long[] {1});
        assertRefused("w lies outside its storage", new long[] {2}, new long[] {2});
        assertRefused("w has more elements than its storage", new long[] {1000, 1000}, new long[] {0, 0});
        assertRefused("other strides", new long[] {-1}, new long[] {1});
        assertRefused("other strides", new long[] {2}, new long[] {-1});
    }

    @Test
    void zipFilesThatAreNoCheckpointsAreRefused() throws IOException {
        assertThatThrownBy(() -> TorchPickle.open(zip("a.txt", "hello")))
                .hasMessageEndingWith("the zip file has no data.pkl: if a model is inside, unpack it and name that");
        assertThatThrownBy(() -> TorchPickle.open(zip("a/data.pkl", "}."))).hasMessageEndingWith("holds no tensors");
        assertThatThrownBy(() -> TorchPickle.open(zip("a/data.pkl", ""))).hasMessageContaining("damaged");
        assertThatThrownBy(() -> TorchPickle.open(file("PK\3\4".getBytes()))).isInstanceOf(WeightsException.class);
    }

    @Test
    void filesAreToldByTheirContent() {
        try (StateDict ckpt = WeightFile.open(SD1.resolve("single-file-fp16.ckpt"));
                StateDict unet = WeightFile.open(SD1.resolve("unet"))) {
            assertThat(ckpt).isInstanceOf(TorchPickle.class);
            assertThat(unet).isInstanceOf(SafeTensors.class);
            assertThat(unet.source()).endsWith("diffusion_pytorch_model.safetensors");
        }
        assertThatThrownBy(() -> WeightFile.open(folder))
                .hasMessageStartingWith(folder + ": no weights here; looked for");
    }

    private void assertRefused(String message, long[] shape, long[] strides) {
        PickleText text = new PickleText().op("\u0080\2}(").text("w");
        text.tensor("FloatStorage", "1", 2, shape, strides, "N").op("u.");
        Path file = file(PickleText.legacy(text.bytes(), Map.of("1", new float[2])));
        assertThatThrownBy(() -> TorchPickle.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(message);
    }

    private Path zip(String name, String content) throws IOException {
        return file(PickleText.zip(Map.of(name, content.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private Path file(byte[] content) {
        Path file = folder.resolve("case.ckpt");
        AtomicFile.write(file, out -> out.write(content));
        return file;
    }
}
