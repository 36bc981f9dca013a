package io.percolate.weights;

import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorMap;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Weights in several files, with an index that says which tensor is where. */
final class Shards {

    private static final Pattern NAME = Pattern.compile("[\\w.-]+\\.(safetensors|bin)");

    private Shards() {}

    /** Opens the index's files; together they must hold exactly the tensors that it lists. */
    static StateDict open(Path index) {
        JsonConfig locations = JsonConfig.read(index)
                .section("weight_map")
                .orElseThrow(() -> new WeightsException(index + ": weight_map is missing"));
        List<StateDict> shards = new ArrayList<>();
        try {
            for (String file : new TreeSet<>(files(index, locations))) {
                shards.add(WeightFile.open(index.resolveSibling(file)));
            }
            return merge(index, locations, shards);
        } catch (RuntimeException e) {
            shards.forEach(StateDict::close);
            throw e;
        }
    }

    private static List<String> files(Path index, JsonConfig locations) {
        List<String> files = new ArrayList<>();
        for (String tensor : locations.values().keySet()) {
            String file = locations.string(tensor);
            if (!NAME.matcher(file).matches()) {
                throw new WeightsException(
                        index + ": " + tensor + " is said to be in " + file + ", which is no file beside it");
            }
            files.add(file);
        }
        return files;
    }

    private static StateDict merge(Path index, JsonConfig locations, List<StateDict> shards) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (StateDict shard : shards) {
            for (String name : shard.names()) {
                TensorMap.putNew(index.toString(), tensors, name, new TensorMap.Entry(shard, name, name));
            }
        }
        TreeSet<String> unfound = new TreeSet<>(locations.values().keySet());
        unfound.removeAll(tensors.keySet());
        if (!unfound.isEmpty()) {
            throw new WeightsException(
                    index + ": " + unfound.size() + " tensors are in none of its files: " + unfound.first() + ", ...");
        }
        return new TensorMap(index.toString(), tensors, () -> shards.forEach(StateDict::close));
    }
}
