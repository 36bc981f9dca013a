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
import java.util.Map;

/**
 * A torch checkpoint ({@code .ckpt}, {@code .pt}, {@code .bin}), in the zip form of today or the older one.
 *
 * <p>A pickle can make Python run anything; here it can make tensors and dictionaries, and a file that asks for
 * more is refused with the name of what it asked for. The tensors are those of the outer dictionary, or of its
 * {@code state_dict} if it has one. Numbers are read when asked for, as from safetensors.
 */
public final class TorchPickle extends TensorMap {

    private final Map<String, Number> numbers;

    private TorchPickle(
            Path file, Map<String, StoredTensor> tensors, Map<String, Number> numbers, FileChannel channel) {
        super(file.toString(), tensors, () -> Channels.close(channel));
        this.numbers = Collections.unmodifiableMap(numbers);
    }

    /** Opens a file and reads its pickle, but no tensor. */
    public static TorchPickle open(Path file) {
        return Channels.reading(file, channel -> read(file, channel));
    }

    /** Numbers that the outer dictionary holds beside the tensors, such as {@code global_step}. */
    public Map<String, Number> numbers() {
        return numbers;
    }

    private static TorchPickle read(Path file, FileChannel channel) {
        try {
            TorchArchive archive = archive(file, channel);
            Map<?, ?> outer = (Map<?, ?>) archive.root();
            Map<?, ?> inner = outer.get("state_dict") instanceof Map<?, ?> map ? map : outer;
            return new TorchPickle(file, tensors(archive, inner), numbers(outer), channel);
        } catch (WeightsException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new WeightsException(file + ": not a torch checkpoint that can be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new WeightsException(file + ": a damaged torch checkpoint, or none: " + e, e);
        }
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

    private static Map<String, Number> numbers(Map<?, ?> dictionary) {
        Map<String, Number> numbers = new LinkedHashMap<>();
        dictionary.forEach((name, value) -> {
            if (name instanceof String key && value instanceof Number number) {
                numbers.put(key, number);
            }
        });
        return numbers;
    }
}
