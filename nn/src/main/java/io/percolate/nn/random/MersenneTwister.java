package io.percolate.nn.random;

/** MT19937 (Matsumoto and Nishimura 1998), the generator behind torch's CPU randomness. */
final class MersenneTwister {

    private static final int LENGTH = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[LENGTH];
    private int index = LENGTH;

    /** Only the lower 32 bits of {@code seed} count, as in torch. */
    MersenneTwister(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < LENGTH; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** 32 random bits. */
    int nextInt() {
        if (index == LENGTH) {
            renew();
        }
        int y = state[index++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    /** Uniform in [0, 1) with the 24 bits of a float, from one draw. */
    double nextFloat() {
        return (nextInt() & (1 << 24) - 1) * 0x1p-24;
    }

    /** Uniform in [0, 1) with the 53 bits of a double, from two draws. */
    double nextDouble() {
        long high = nextInt();
        long bits = high << 32 | Integer.toUnsignedLong(nextInt());
        return (bits & (1L << 53) - 1) * 0x1p-53;
    }

    private void renew() {
        for (int i = 0; i < LENGTH; i++) {
            int joined = state[i] & 0x80000000 | state[(i + 1) % LENGTH] & 0x7fffffff;
            int twisted = joined >>> 1 ^ ((joined & 1) == 0 ? 0 : 0x9908b0df);
            state[i] = state[(i + SHIFT) % LENGTH] ^ twisted;
        }
        index = 0;
    }
}
