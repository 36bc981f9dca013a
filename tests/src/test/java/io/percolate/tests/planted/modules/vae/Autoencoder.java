package io.percolate.tests.planted.modules.vae;

import io.percolate.tests.planted.modules.diffusion.Network;

/** Knows the module beside it. */
public record Autoencoder(Network network) {}
