package io.percolate.studio.work;

import java.util.List;

/**
 * A model by its name in the {@link Catalogue}, LoRAs to merge into it, and ControlNets to steer it.
 *
 * @param name of the model
 * @param loras by their names
 * @param controlNets their names, in the order of a request's control images
 */
public record ModelChoice(String name, List<LoraChoice> loras, List<String> controlNets) {

    public ModelChoice {
        loras = List.copyOf(loras);
        controlNets = List.copyOf(controlNets);
    }

    /** A model that nothing steers. */
    public ModelChoice(String name, List<LoraChoice> loras) {
        this(name, loras, List.of());
    }

    /**
     * A LoRA and how much of it.
     *
     * @param name in the catalogue
     * @param scale 1 for what it was trained for
     */
    public record LoraChoice(String name, double scale) {

        public LoraChoice {
            if (!(Math.abs(scale) <= 10)) {
                throw new IllegalArgumentException("scale " + scale + " of a LoRA: give a number from -10 to 10");
            }
        }
    }
}
