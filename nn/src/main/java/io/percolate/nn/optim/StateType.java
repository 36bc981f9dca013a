package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What the running averages of an optimizer, or of the weights, are kept as. */
public enum StateType {
    /** Single precision. */
    FP32 {
        @Override
        void update(
                TensorList weights,
                List<TensorList> states,
                long seed,
                BiConsumer<TensorList, List<TensorList>> change) {
            change.accept(weights, states);
        }

        @Override
        <T> T exchanged(TensorList averages, TensorList weights, Supplier<T> body) {
            averages.swap(weights);
            try {
                return body.get();
            } finally {
                averages.swap(weights);
            }
        }

        @Override
        NDArray owned(NDArray zeros) {
            NDScope.unregister(zeros);
            return zeros;
        }
    },

    /**
     * Half of the memory. Every update is computed in single precision, one tensor after another, and rounded at random
     * with an exact mean; rounded to the nearest, an average of a thousand steps would never move. The same step rounds
     * in the same way, so that a run that is resumed goes on exactly.
     */
    BF16 {
        @Override
        void update(
                TensorList weights,
                List<TensorList> states,
                long seed,
                BiConsumer<TensorList, List<TensorList>> change) {
            for (int i = 0; i < weights.size(); i++) {
                int index = i;
                TensorList weight = weights.only(i);
                List<TensorList> own =
                        states.stream().map(state -> state.only(index)).toList();
                updateOne(weight, own, seed + (long) i * states.size(), change);
            }
        }

        /** The weights do not fit where the averages are, so they are copied. */
        @Override
        <T> T exchanged(TensorList averages, TensorList weights, Supplier<T> body) {
            try (TensorList kept = weights.widened().unscoped()) {
                weights.copy(averages);
                try {
                    return body.get();
                } finally {
                    weights.copy(kept);
                }
            }
        }

        @Override
        NDArray owned(NDArray zeros) {
            try (zeros) {
                NDArray halves = Aten.to(zeros, Precision.BF16);
                NDScope.unregister(halves);
                return halves;
            }
        }
    };

    /**
     * Changes weights along with their states.
     *
     * @param states one or several for each weight
     * @param seed of the rounding
     */
    abstract void update(
            TensorList weights, List<TensorList> states, long seed, BiConsumer<TensorList, List<TensorList>> change);

    /** Runs {@code body} with {@code averages} in place of {@code weights}, which come back afterwards. */
    abstract <T> T exchanged(TensorList averages, TensorList weights, Supplier<T> body);

    /** An array of this type in place of float32 {@code zeros}, outside of any memory scope. */
    abstract NDArray owned(NDArray zeros);

    private static void updateOne(
            TensorList weight, List<TensorList> states, long seed, BiConsumer<TensorList, List<TensorList>> change) {
        List<TensorList> wide = new ArrayList<>();
        try {
            states.forEach(state -> wide.add(state.widened()));
            change.accept(weight, wide);
            for (int i = 0; i < wide.size(); i++) {
                states.get(i).round(wide.get(i), seed + i);
            }
        } finally {
            wide.forEach(TensorList::close);
        }
    }
}
