package io.percolate.weights;

import io.percolate.weights.pickle.TorchPickle;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.safetensors.Shards;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens whatever weights are published as. */
public final class WeightFile {

    /** The names under which a part of a model is published, the preferred ones first. */
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
        FileFormat format = reading(path, channel -> {
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

    /** Opens {@code file} and closes it again if {@code reader} fails. */
    public static <T> T reading(Path file, Reader<T> reader) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + ": no such file");
        }
        try {
            FileChannel channel = FileChannel.open(file);
            try {
                return reader.read(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    public static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Takes what is needed from an open file. */
    public interface Reader<T> {

        T read(FileChannel channel) throws IOException;
    }
}
