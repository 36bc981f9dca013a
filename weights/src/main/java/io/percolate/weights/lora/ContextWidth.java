package io.percolate.weights.lora;

import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How wide the embeddings of prompts are that a U-Net's cross-attention reads, by which families differ. */
record ContextWidth(long width) {

    /** That of a U-Net under the names of diffusers, if it reads any. */
    static Optional<ContextWidth> of(StateDict unet) {
        return unet.names().stream()
                .filter(name -> name.endsWith("attn2.to_k.weight"))
                .map(name -> unet.info(name).shape())
                .filter(shape -> shape.dimension() == 2)
                .map(shape -> new ContextWidth(shape.get(1)))
                .findFirst();
    }

    /** That of the U-Net which {@code updates} are for, if they change its keys. */
    static Optional<ContextWidth> of(List<LoraUpdate> updates) {
        return updates.stream()
                .filter(update -> update.target().part() == ModelPart.UNET)
                .filter(update -> update.target().layer().endsWith("attn2_to_k"))
                .map(update -> new ContextWidth(update.down().info().shape().get(1)))
                .findFirst();
    }

    /** The published family with such a U-Net. */
    Optional<ModelFamily> family() {
        return Arrays.stream(ModelFamily.values())
                .filter(family -> family.contextWidth() == width)
                .findFirst();
    }

    @Override
    public String toString() {
        return family().map(family -> width + " (" + family.title() + ")").orElse(String.valueOf(width));
    }
}
