package io.percolate.weights.safetensors;

import ai.djl.ndarray.NDArray;
import io.percolate.files.Json;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a training run: named groups of tensors (weights, moments, averages) and a few numbers and texts.
 *
 * <p>One safetensors file, in which a group's name and a slash precede each tensor's name and the progress is JSON
 * in the metadata. It is written whole or not at all: until it is complete, the previous one is in its place.
 */
public final class Checkpoint implements AutoCloseable {

    private static final String PROGRESS = "progress";
    private static final String CHECKSUM = "crc32c";

    private final SafeTensors file;
    private final JsonConfig progress;

    private Checkpoint(SafeTensors file) {
        this.file = file;
        String json = file.metadata().get(PROGRESS);
        if (json == null) {
            throw new WeightsException(file.source() + ": no training state, only weights: start a new run from it");
        }
        verify(json);
        this.progress = JsonConfig.parse(file.source() + ": " + PROGRESS, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the tensors, in float32 where they have a fraction, and the progress: what {@link JsonConfig#of} takes. */
    public static void save(Path file, Map<String, Map<String, NDArray>> groups, Map<String, ?> progress) {
        Map<String, NDArray> all = new LinkedHashMap<>();
        groups.forEach((group, tensors) -> tensors.forEach((name, array) -> all.put(prefix(group) + name, array)));
        String json = new String(Json.pretty(progress), StandardCharsets.UTF_8);
        String checksum = Checksum.of(StateDict.of(all), json);
        SafeTensors.write(file, all, Map.of(PROGRESS, json, CHECKSUM, checksum), ElementType.F32);
    }

    /**
     * Opens what {@link #save} wrote, and reads all of it once.
     *
     * @throws WeightsException if it is not what was written
     */
    public static Checkpoint open(Path file) {
        SafeTensors tensors = SafeTensors.open(file);
        try {
            return new Checkpoint(tensors);
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private void verify(String json) {
        if (!Checksum.of(file, json).equals(file.metadata().get(CHECKSUM))) {
            throw new WeightsException(file.source() + ": damaged: its checksum is not that of what was written");
        }
    }

    /** The tensors of one group, without its name, to be written as training goes on; empty if there is no such group. */
    public StateDict group(String name) {
        return file.under(prefix(name)).copied();
    }

    /** The numbers and texts. */
    public JsonConfig progress() {
        return progress;
    }

    @Override
    public void close() {
        file.close();
    }

    private static String prefix(String group) {
        if (group.contains("/")) {
            throw new IllegalArgumentException("a group cannot be called " + group + ": no slashes");
        }
        return group + "/";
    }
}
