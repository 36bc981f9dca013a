package io.percolate.pipeline.training.parallel;

import java.io.Serializable;

/** Numbers (N) as they travel between machines. */
public sealed interface WireVector extends Serializable {

    /** How many there are. */
    int size();

    /** Number {@code i}, counted from 0. */
    float at(int i);

    /** Numbers in single precision. */
    record Floats(float[] values) implements WireVector {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public float at(int i) {
            return values[i];
        }
    }

    /** The upper halves of numbers in single precision: bfloat16. */
    record Halves(short[] bits) implements WireVector {

        @Override
        public int size() {
            return bits.length;
        }

        @Override
        public float at(int i) {
            return Float.intBitsToFloat(bits[i] << Short.SIZE);
        }
    }
}
