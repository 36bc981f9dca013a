/**
 * The U-Net: {@link io.percolate.diffusion.unet.UNetConfig} says its shape, {@link
 * io.percolate.diffusion.unet.UNet} computes.
 *
 * <p>Read {@code UNet.forward} first: time embedding, way down, middle, way up. A {@code DownStage} leaves every
 * feature map in {@code Skips}, an {@code UpStage} takes them back; both are made of the blocks that {@code
 * Stage} builds for a {@link io.percolate.diffusion.unet.Level}.
 */
package io.percolate.diffusion.unet;
