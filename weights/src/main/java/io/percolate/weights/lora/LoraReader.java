package io.percolate.weights.lora;

import ai.djl.ndarray.NDManager;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorInfo;
import io.percolate.weights.tensors.TensorMap;
import io.percolate.weights.tensors.WeightsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Sorts the tensors of a LoRA file into updates; every tensor must belong to one. */
final class LoraReader {

    private final StateDict dict;
    private final LoraAlphas alphas;
    private final Set<String> rest;
    private final List<LoraUpdate> updates = new ArrayList<>();

    private LoraReader(StateDict dict, NDManager manager) {
        this.dict = dict;
        alphas = new LoraAlphas(dict, manager);
        rest = new TreeSet<>(dict.names());
    }

    static List<LoraUpdate> read(StateDict dict, NDManager manager) {
        UnsupportedAdapters.refuse(dict);
        LoraReader reader = new LoraReader(dict, manager);
        dict.names().forEach(name -> LoraNaming.ofDown(name).ifPresent(naming -> reader.add(naming, name)));
        reader.requireAll();
        return reader.updates;
    }

    private void add(LoraNaming naming, String down) {
        String layer = naming.layer(down);
        String up = naming.up(layer);
        LoraTarget target = LoraTarget.of(layer).orElse(null);
        if (target != null && dict.has(up)) {
            double alpha = alphas.of(layer, factor(down).shape().get(0));
            updates.add(new LoraUpdate(target, naming, tensor(down), tensor(up), alpha));
            rest.removeAll(List.of(down, up, layer + LoraAlphas.TENSOR));
        }
    }

    private StoredTensor tensor(String name) {
        return new TensorMap.Entry(dict, factor(name).name(), name);
    }

    private TensorInfo factor(String name) {
        TensorInfo info = dict.info(name);
        if (info.size() == 0 || info.shape().dimension() < 2) {
            throw new WeightsException(dict.source() + ": " + name + " is " + info.shape() + " but must be a matrix");
        }
        return info;
    }

    private void requireAll() {
        if (updates.isEmpty()) {
            throw new WeightsException(dict.source() + ": no LoRA: nothing is called lora_unet_...lora_down.weight or"
                    + " unet. ...lora_A.weight; a model is given with --model, an autoencoder with --vae");
        }
        if (!rest.isEmpty()) {
            throw new WeightsException(dict.source() + ": " + rest.size()
                    + " tensors belong to no update of a U-Net or text encoder: "
                    + String.join(", ", rest.stream().limit(LoadReport.SHOWN).toList()));
        }
    }
}
