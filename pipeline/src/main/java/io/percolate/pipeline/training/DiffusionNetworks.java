package io.percolate.pipeline.training;

import io.percolate.diffusion.unet.UNet;
import io.percolate.pipeline.training.space.TrainingSpace;

/**
 * What a denoiser in training computes with.
 *
 * @param space where it works
 * @param unet the denoiser
 * @param conditioning what it is told
 */
public record DiffusionNetworks(TrainingSpace space, UNet unet, Conditioning conditioning) {}
