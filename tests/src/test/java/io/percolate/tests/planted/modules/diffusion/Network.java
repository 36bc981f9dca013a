package io.percolate.tests.planted.modules.diffusion;

/** Knows nobody. */
public record Network(int channels) {}
