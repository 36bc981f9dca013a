package io.percolate.weights.lora;

import ai.djl.ndarray.types.Shape;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which update changes which tensor of a network, and which updates have none. */
final class LoraFit {

    private final StateDict network;
    private final LoraLayers layers;
    private final Map<String, LoraUpdate> changes = new HashMap<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> misshaped = new ArrayList<>();

    /** {@code network} has the names of diffusers. */
    LoraFit(ModelPart part, StateDict network) {
        this.network = network;
        layers = new LoraLayers(part, network);
    }

    void add(LoraUpdate update) {
        layers.weight(update.target())
                .ifPresentOrElse(
                        weight -> add(weight, update),
                        () -> unexpected.add(update.down().info().name()));
    }

    private void add(String weight, LoraUpdate update) {
        Shape shape = network.info(weight).shape();
        if (!update.fits(shape)) {
            misshaped.add(weight + " is " + shape + " and its update " + update.shapes());
        } else if (changes.put(weight, update) != null) {
            misshaped.add(weight + " is changed twice");
        }
    }

    /** What does not fit of {@code source}. */
    LoadReport report(String source) {
        return new LoadReport(source, List.of(), unexpected, misshaped);
    }

    /** The network with {@code scale} times its updates. */
    StateDict merged(double scale) {
        return TensorMap.changed(network, tensor -> {
            LoraUpdate update = changes.get(tensor.info().name());
            return update == null ? tensor : new MergedTensor(tensor, update, scale);
        });
    }
}
