package io.percolate.weights.pickle;

import io.percolate.weights.tensors.Channels;
import io.percolate.weights.tensors.FileFormat;
import io.percolate.weights.tensors.FileRegion;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorMap;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A torch checkpoint ({@code .ckpt}, {@code .pt}, {@code .bin}), in the zip form of today or the older one.
 *
 * <p>A pickle can make Python run anything; here it can make tensors and dictionaries, and a file that asks for
 * more is refused with the name of what it asked for. The tensors are those of the outer dictionary, or of its
 * {@code state_dict} or {@code string_to_param} if it has one. Numbers are read when asked for, as from safetensors.
 */
public final class TorchPickle extends TensorMap {

    private final Map<String, Number> numbers;
    private final Map<String, String> texts;

    private TorchPickle(
            Path file,
            Map<String, StoredTensor> tensors,
            Map<String, Number> numbers,
            Map<String, String> texts,
            FileChannel channel) {
        super(file.toString(), tensors, () -> Channels.close(channel));
        this.numbers = Collections.unmodifiableMap(numbers);
        this.texts = Collections.unmodifiableMap(texts);
    }

    /** Opens a file and reads its pickle, but no tensor. */
    public static TorchPickle open(Path file) {
        return Channels.reading(file, channel -> read(file, channel));
    }

    /** Numbers that the outer dictionary holds beside the tensors, such as {@code global_step}. */
    public Map<String, Number> numbers() {
        return numbers;
    }

    @Override
    public Map<String, String> metadata() {
        return texts;
    }

    private static TorchPickle read(Path file, FileChannel channel) {
        try {
            TorchArchive archive = archive(file, channel);
            Map<?, ?> outer = (Map<?, ?>) archive.root();
            return new TorchPickle(
                    file,
                    tensors(archive, inner(outer)),
                    values(outer, Number.class),
                    values(outer, String.class),
                    channel);
        } catch (WeightsException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new WeightsException(file + ": not a torch checkpoint that can be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new WeightsException(file + ": a damaged torch checkpoint, or none: " + e, e);
        }
    }

    /** Where the tensors are: checkpoints of models, and textual inversions of the web interface, have them further in. */
    private static Map<?, ?> inner(Map<?, ?> outer) {
        for (String key : List.of("state_dict", "string_to_param")) {
            if (outer.get(key) instanceof Map<?, ?> map) {
                return map;
            }
        }
        return outer;
    }

    private static TorchArchive archive(Path file, FileChannel channel) throws IOException {
        boolean isZip = FileFormat.of(file, channel) == FileFormat.TORCH_ZIP;
        return isZip ? TorchArchive.zip(file, channel) : TorchArchive.legacy(file, channel);
    }

    private static Map<String, StoredTensor> tensors(TorchArchive archive, Map<?, ?> dictionary) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        dictionary.forEach((name, value) -> {
            if (name instanceof String key && value instanceof TorchTensor tensor) {
                FileRegion region = archive.storages().get(tensor.storage().key());
                if (region == null) {
                    throw new IllegalArgumentException("the numbers of " + key + " are not in the file");
                }
                tensors.put(key, tensor.in(region, key));
            }
        });
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException("it holds no tensors");
        }
        return tensors;
    }

    private static <T> Map<String, T> values(Map<?, ?> dictionary, Class<T> type) {
        Map<String, T> values = new LinkedHashMap<>();
        dictionary.forEach((name, value) -> {
            if (name instanceof String key && type.isInstance(value)) {
                values.put(key, type.cast(value));
            }
        });
        return values;
    }
}
