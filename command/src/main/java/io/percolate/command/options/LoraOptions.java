package io.percolate.command.options;

import io.percolate.pipeline.model.Lora;
import java.util.List;
import picocli.CommandLine.Option;

/** Which LoRAs are merged into a model. */
public final class LoraOptions {

    @Option(
            names = "--lora",
            paramLabel = "FILE[:SCALE]",
            converter = LoraFileAndScale.class,
            description = "LoRA to merge into the weights, and its scale (default: 1); may be repeated")
    private List<Lora> loras = List.of();

    public List<Lora> all() {
        return loras;
    }
}
