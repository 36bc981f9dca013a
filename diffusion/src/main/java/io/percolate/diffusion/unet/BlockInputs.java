package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;

/** What every block of a U-Net sees beside its feature map: the activated time embedding (B,E) and the context. */
record BlockInputs(NDArray time, NDArray context) {}
