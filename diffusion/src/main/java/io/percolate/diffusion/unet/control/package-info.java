/**
 * Networks that steer a U-Net by an image: {@link io.percolate.diffusion.unet.control.ControlNet} computes what is added
 * to the feature maps of a U-Net, {@link io.percolate.diffusion.unet.control.ControlNetConfig} says its shape.
 *
 * <p>Their files are read in {@code published}.
 */
@NullMarked
package io.percolate.diffusion.unet.control;

import org.jspecify.annotations.NullMarked;
