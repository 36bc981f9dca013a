/**
 * The U-Net: {@link io.percolate.diffusion.unet.UNetConfig} says its shape, {@link
 * io.percolate.diffusion.unet.UNet} computes.
 *
 * <p>Read {@code UNet.forward} first, and {@code contract} of the {@link io.percolate.diffusion.unet.Contraction} that it
 * calls: time embedding, down blocks, mid block, up blocks. A {@code DownBlock} leaves every feature map in {@code Skips}, an
 * {@code UpBlock} takes them back; both are made of the residual blocks and attention that {@code BlockLayer} builds for a {@link
 * io.percolate.diffusion.unet.Level}. {@link io.percolate.diffusion.unet.Residuals} of a network in {@code control} may be
 * added to the maps. {@link io.percolate.diffusion.unet.DenoiserInputs} is what the network takes beside the timestep.
 *
 * <p>The constructors' paths are the names of the weights. Config files and folders are read in {@code published}.
 */
@NullMarked
package io.percolate.diffusion.unet;

import org.jspecify.annotations.NullMarked;
