package io.percolate.nn.optim;

/**
 * What the running averages of a training are kept as.
 *
 * @param rules those of the gradients, which move the weights
 * @param averages those of the weights
 */
public record StateTypes(StateType rules, StateType averages) {

    /** All of them in single precision. */
    public static final StateTypes FP32 = new StateTypes(StateType.FP32, StateType.FP32);

    /** All of them in half of the memory. */
    public static final StateTypes BF16 = new StateTypes(StateType.BF16, StateType.BF16);
}
