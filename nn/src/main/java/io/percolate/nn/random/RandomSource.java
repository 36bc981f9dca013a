package io.percolate.nn.random;

import java.util.random.RandomGenerator;

/** All the randomness of a training step: noise, and the numbers behind timesteps, dropout and dropped captions. */
public interface RandomSource extends NoiseSource, RandomGenerator {}
