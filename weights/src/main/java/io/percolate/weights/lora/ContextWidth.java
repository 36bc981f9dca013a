package io.percolate.weights.lora;

import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The width of the prompt embeddings that a U-Net's cross-attention reads. Families differ in it. */
record ContextWidth(long width) {

    /** The width that a U-Net reads, if it has cross-attention; its tensors have diffusers names. */
    static Optional<ContextWidth> of(StateDict unet) {
        return unet.names().stream()
                .filter(name -> name.endsWith("attn2.to_k.weight"))
                .map(name -> unet.info(name).shape())
                .filter(shape -> shape.dimension() == 2)
                .map(shape -> new ContextWidth(shape.get(1)))
                .findFirst();
    }

    /** The width that the U-Net of {@code updates} reads, if they change its keys. */
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
