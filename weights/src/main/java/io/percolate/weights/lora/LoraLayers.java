package io.percolate.weights.lora;

import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.layout.NameMap;
import io.percolate.weights.layout.UNetLayout;
import io.percolate.weights.tensors.StateDict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The layers of a network by every name that LoRA files give them: those of diffusers and those of CompVis. */
final class LoraLayers {

    private static final String WEIGHT = ".weight";

    /** What attention's layers of text encoders are called by diffusers' first LoRAs. */
    private static final Map<String, String> PROCESSOR =
            Map.of("q_proj", "to_q", "k_proj", "to_k", "v_proj", "to_v", "out_proj", "to_out");

    private final Map<String, String> weights = new HashMap<>();

    /** The layers of {@code network}, which has the names of diffusers. */
    LoraLayers(ModelPart part, StateDict network) {
        List<String> layers = network.names().stream()
                .filter(name -> name.endsWith(WEIGHT))
                .map(name -> name.substring(0, name.length() - WEIGHT.length()))
                .toList();
        for (String layer : layers) {
            Stream<String> names = part == ModelPart.UNET ? unet(layer) : text(layer);
            names.forEach(name -> weights.put(LoraTarget.flat(name), layer + WEIGHT));
        }
        if (part == ModelPart.UNET) {
            NameMap names = UNetLayout.of(network).names(network);
            layers.forEach(layer -> weights.put(LoraTarget.flat(names.toRight(layer)), layer + WEIGHT));
        }
    }

    /** The tensor that an update of {@code target} changes. */
    Optional<String> weight(LoraTarget target) {
        return Optional.ofNullable(weights.get(target.layer()));
    }

    private static Stream<String> unet(String layer) {
        return layer.endsWith(".to_out.0")
                ? Stream.of(layer, layer.substring(0, layer.length() - 2))
                : Stream.of(layer);
    }

    private static Stream<String> text(String layer) {
        int last = layer.lastIndexOf('.') + 1;
        String own = layer.substring(last);
        String legacy = layer.substring(0, last) + PROCESSOR.getOrDefault(own, own);
        return Stream.of(layer, legacy).flatMap(name -> Stream.of(name, name.replaceFirst("^text_model\\.", "")));
    }
}
