package io.percolate.weights.lora;

import java.util.Arrays;
import java.util.Optional;

/** How files call the two factors of a low-rank update, after the name of the layer. */
public enum LoraNaming {

    /** Of kohya's trainer and everything that followed it. */
    KOHYA(".lora_down.weight", ".lora_up.weight"),

    /** Of PEFT, and of diffusers since it uses PEFT. */
    PEFT(".lora_A.weight", ".lora_B.weight"),

    /** Of diffusers' first LoRAs, which were attention processors. */
    PROCESSOR("_lora.down.weight", "_lora.up.weight"),

    /** Of diffusers, before it used PEFT. */
    DIFFUSERS(".lora.down.weight", ".lora.up.weight"),

    /** Of diffusers' text encoders, at that time. */
    LINEAR_LAYER(".lora_linear_layer.down.weight", ".lora_linear_layer.up.weight");

    private final String down;
    private final String up;

    LoraNaming(String down, String up) {
        this.down = down;
        this.up = up;
    }

    /** The naming under which {@code tensor} is the factor that reduces to the rank. */
    static Optional<LoraNaming> ofDown(String tensor) {
        return Arrays.stream(values())
                .filter(naming -> tensor.endsWith(naming.down))
                .findFirst();
    }

    /** The name of the layer whose factor {@code down} is. */
    String layer(String down) {
        return down.substring(0, down.length() - this.down.length());
    }

    /** The name of the factor that reduces to the rank. */
    String down(String layer) {
        return layer + down;
    }

    /** The name of the factor that goes with {@link #layer}'s other one. */
    String up(String layer) {
        return layer + up;
    }
}
