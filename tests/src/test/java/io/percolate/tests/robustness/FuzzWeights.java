package io.percolate.tests.robustness;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.model.inspection.Inspection;
import io.percolate.tests.TestFolders;
import io.percolate.weights.WeightFile;
import io.percolate.weights.pickle.PickleText;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small files of weights, to be damaged. */
final class FuzzWeights {

    private static final int LENGTH_FIELD = 8;
    private static final int LONGEST_HEADER = 2000;

    private FuzzWeights() {}

    static List<FuzzSeed> safetensors(Path folder) {
        Path file = folder.resolve("x.safetensors");
        try (NDManager manager = TorchEngine.newManager()) {
            Map<String, NDArray> tensors = Map.of(
                    "a",
                    manager.ones(new Shape(2, 3)),
                    "b",
                    manager.create(new Shape(2), DataType.INT64),
                    "c",
                    manager.ones(new Shape()));
            SafeTensors.write(file, tensors, Map.of("key", "value"), ElementType.BF16);
        }
        Path lora = folder.resolve("lora.safetensors");
        TestFolders.copy(TestFolders.DATA.resolve("lora-sd1/kohya.safetensors"), lora);
        return List.of(header(file), header(lora));
    }

    private static FuzzSeed header(Path file) {
        FuzzSeed seed = FuzzSeed.of(file);
        return seed.within(Math.min(LONGEST_HEADER, seed.content().length - LENGTH_FIELD));
    }

    /** One of them would make {@code marker}, if a pickle could. */
    static List<FuzzSeed> pickles(Path folder, Path marker) {
        Map<String, float[]> storages = new LinkedHashMap<>();
        storages.put("11", new float[6]);
        storages.put("22", new float[4]);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x/data.pkl", twoTensors());
        entries.put("x/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        entries.put("x/data/11", new byte[24]);
        entries.put("x/data/22", new byte[16]);
        byte[] malicious = new PickleText()
                .op("\u0080\2cos\nsystem\n")
                .text("touch " + marker)
                .op("\u0085R.")
                .bytes();
        return List.of(
                FuzzSeed.of(folder.resolve("old.ckpt"), PickleText.legacy(twoTensors(), storages)),
                FuzzSeed.of(folder.resolve("zip.ckpt"), zip(entries)),
                FuzzSeed.of(folder.resolve("malicious.ckpt"), zip(Map.of("x/data.pkl", malicious)))
                        .malicious());
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        try {
            return PickleText.zip(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] twoTensors() {
        PickleText text = new PickleText().op("\u0080\2}(").text("state_dict").op("}(");
        text.text("a").tensor("FloatStorage", "11", 6, new long[] {2, 3}, new long[] {3, 1}, "N");
        text.text("b").tensor("FloatStorage", "22", 4, new long[] {2, 2}, new long[] {1, 2}, "N");
        return text.op("u").text("epoch").integer(3).op("u.").bytes();
    }

    static void read(Path file) {
        try (NDManager manager = TorchEngine.newManager();
                StateDict dict = WeightFile.open(file)) {
            for (String name : dict.names()) {
                dict.read(manager, name).close();
            }
            Inspection.lora(file);
        }
    }
}
