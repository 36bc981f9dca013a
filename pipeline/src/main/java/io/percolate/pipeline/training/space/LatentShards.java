package io.percolate.pipeline.training.space;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.files.AtomicFile;
import io.percolate.nn.engine.Scope;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tensors (2,C,h,w) by name in the safetensors files of a folder: a mean and a standard deviation for each latent. Each
 * file is written whole or not at all, and named after what is in it, so that programs that write at the same time do not
 * overwrite one another. What is read comes from the system's file cache; nothing is kept in Java.
 */
final class LatentShards implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LatentShards.class);
    private static final String ENDING = ".safetensors";

    /** What has not been written to for so long was left by a program that was killed. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path folder;
    private final ElementType type;
    private final List<SafeTensors> files = new ArrayList<>();
    private final Map<String, SafeTensors> tensors = new HashMap<>();

    private LatentShards(Path folder, ElementType type) {
        this.folder = folder;
        this.type = type;
    }

    /** Opens the shards in {@code folder}; none if there is no such folder. */
    static LatentShards open(Path folder, ElementType type) {
        LatentShards shards = new LatentShards(folder, type);
        if (Files.isDirectory(folder)) {
            AtomicFile.removeLeftovers(folder, LONGEST_WRITE);
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
                found.forEach(shards::add);
            } catch (IOException e) {
                shards.close();
                throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
            }
        }
        return shards;
    }

    /** A damaged shard counts as none: its images are encoded again. */
    private void add(Path file) {
        try {
            SafeTensors shard = SafeTensors.open(file);
            files.add(shard);
            shard.names().forEach(name -> tensors.put(name, shard));
        } catch (WeightsException damaged) {
            LOG.warn("encoding again what was in {}: {}", file, damaged.getMessage());
        }
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Tensors of one shape, float32, one above the other: (B,2,C,h,w); they move to the manager's device as one. */
    NDArray read(List<String> names, NDManager manager) {
        return Scope.keep(() -> {
            try (NDManager cpu = manager.newSubManager(Device.cpu())) {
                NDList rows = new NDList();
                names.forEach(name -> rows.add(tensors.get(name).copy(cpu, name, DataType.FLOAT32)));
                NDArray batch = NDArrays.stack(rows).toDevice(manager.getDevice(), false);
                batch.attach(manager);
                return batch;
            }
        });
    }

    /** Writes a shard, and reads from it from now on. */
    void write(Map<String, NDArray> shard) {
        add(write(folder, shard, type));
    }

    /** Writes a shard into {@code folder}, whole or not at all. */
    static Path write(Path folder, Map<String, NDArray> shard, ElementType type) {
        Path file = file(folder, new TreeSet<>(shard.keySet()));
        SafeTensors.write(file, shard, Map.of(), type);
        return file;
    }

    /** Whether {@code file} is there, and not damaged. */
    static boolean isWhole(Path file) {
        try {
            SafeTensors.open(file).close();
            return true;
        } catch (WeightsException | UncheckedIOException missing) {
            return false;
        }
    }

    /** The shard of tensors with these names, in their order. */
    static Path file(Path folder, Set<String> names) {
        return folder.resolve(Fingerprint.of(names) + ENDING);
    }

    @Override
    public void close() {
        files.forEach(SafeTensors::close);
    }
}
