package io.percolate.pipeline.model;

import io.percolate.pipeline.fewstep.FewSteps;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Low-rank updates of a model's weights (LoRA, Hu et al. 2021), as they are published in a file of their own.
 *
 * @param file as kohya's trainer, diffusers or PEFT write it, or the folder that diffusers writes it into
 * @param scale how much of it: 1 for what it was trained for, 0 for nothing; may be negative
 */
public record Lora(Path file, double scale) {

    public Lora {
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("the scale of " + file + " is " + scale + ": give a number such as 0.8");
        }
    }

    /** {@code loras} and one more. */
    static List<Lora> added(List<Lora> loras, Path file, double scale) {
        return Stream.concat(loras.stream(), Stream.of(new Lora(file, scale))).toList();
    }

    /** What those that are added tell about sampling in a few steps. */
    static Stream<FewSteps> fewSteps(List<Lora> loras) {
        return loras.stream().filter(lora -> lora.scale > 0).map(lora -> FewSteps.ofLora(lora.file));
    }

    /** File name and scale, as images tell it. */
    @Override
    public String toString() {
        return file.getFileName() + ":" + scale;
    }
}
