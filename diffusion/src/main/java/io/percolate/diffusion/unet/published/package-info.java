/**
 * The U-Net as published models keep it: {@link io.percolate.diffusion.unet.published.UNetJson} reads and writes {@code
 * config.json}, {@link io.percolate.diffusion.unet.published.UNetFiles} a folder with the weights beside it.
 *
 * <p>{@code UNetReader} and {@code UNetWriter} go through the keys one by one; {@code PublishedOptions} lists those that
 * are supported with one value only.
 */
@NullMarked
package io.percolate.diffusion.unet.published;

import org.jspecify.annotations.NullMarked;
