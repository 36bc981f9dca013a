package io.percolate.pipeline.training;

import io.percolate.diffusion.unet.UNet;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.space.TrainingSpace;

/**
 * What a denoiser in training computes with.
 *
 * @param space where it works
 * @param unet the denoiser
 * @param conditioning what it is told
 * @param steering what adds to its feature maps
 */
public record DiffusionNetworks(TrainingSpace space, UNet unet, Conditioning conditioning, Steering steering) {

    /** With nothing that adds to the feature maps. */
    public DiffusionNetworks(TrainingSpace space, UNet unet, Conditioning conditioning) {
        this(space, unet, conditioning, Steering.NONE);
    }
}
