package io.percolate.weights;

import ai.djl.ndarray.NDManager;
import io.percolate.weights.lora.LoraFile;
import io.percolate.weights.pickle.TorchPickle;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.Channels;
import io.percolate.weights.tensors.FileFormat;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Opens weights in every form that they are published in. */
public final class WeightFile {

    /** The names under which the weights of a model's part are published, preferred ones first. */
    private static final List<String> NAMES = names();

    private WeightFile() {}

    /**
     * Opens a file (safetensors, torch checkpoint, or the index of one in several shards; told by its content),
     * or the weights in a folder, under the names that diffusers and transformers give them.
     */
    public static StateDict open(Path path) {
        if (Files.isDirectory(path)) {
            return open(inFolder(path));
        }
        if (path.getFileName().toString().endsWith(".index.json")) {
            return Shards.open(path);
        }
        FileFormat format = Channels.reading(path, channel -> {
            try (channel) {
                return FileFormat.of(path, channel);
            }
        });
        return format == FileFormat.SAFETENSORS ? SafeTensors.open(path) : TorchPickle.open(path);
    }

    /** The file that holds the weights of a model part's folder, or the index of several that do. */
    public static Path inFolder(Path folder) {
        for (String name : NAMES) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new WeightsException(folder + ": no weights here; looked for " + String.join(", ", NAMES));
    }

    /**
     * Opens a LoRA's file, or the one that diffusers writes into a folder; {@code manager} is used while it opens.
     *
     * @throws WeightsException if it is no LoRA, or has tensors that no update uses; the message says what it is
     */
    public static LoraFile openLora(Path path, NDManager manager) {
        StateDict dict = openLoraTensors(path);
        try {
            return LoraFile.of(dict, manager);
        } catch (RuntimeException e) {
            dict.close();
            throw e;
        }
    }

    /** What a LoRA's file says of itself, under the keys of those who wrote it. */
    public static Map<String, String> loraMetadata(Path path) {
        try (StateDict dict = openLoraTensors(path)) {
            return Map.copyOf(dict.metadata());
        }
    }

    private static StateDict openLoraTensors(Path path) {
        return open(Files.isDirectory(path) ? loraInFolder(path) : path);
    }

    private static Path loraInFolder(Path folder) {
        return Stream.of("pytorch_lora_weights.safetensors", "pytorch_lora_weights.bin")
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new WeightsException(folder + ": no pytorch_lora_weights.safetensors here, which"
                        + " diffusers would write: name the LoRA's file"));
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String variant : List.of("", ".fp16")) {
            for (String stem : List.of("diffusion_pytorch_model", "model")) {
                names.add(stem + variant + ".safetensors");
                names.add(stem + ".safetensors.index" + variant + ".json");
                names.add(stem + variant + ".safetensors.index.json");
            }
        }
        for (String stem : List.of("diffusion_pytorch_model", "pytorch_model")) {
            names.addAll(List.of(stem + ".bin", stem + ".bin.index.json", stem + ".fp16.bin"));
        }
        return names.stream().distinct().toList();
    }
}
