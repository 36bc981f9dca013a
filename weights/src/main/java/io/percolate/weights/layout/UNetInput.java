package io.percolate.weights.layout;

import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;

/** What a U-Net wants beside the noisy latents, told by its channels. */
public enum UNetInput {
    /** Nothing: as many channels go in as come out, C. */
    LATENTS("nothing", "pass nothing beside it"),
    /** A mask and the latents of the masked image: 2 C + 1 channels. */
    INPAINTING("a mask and the image outside it", "pass an image and a mask (--init-image, --mask)"),
    /** The latents of the image to change (instruct-pix2pix): 2 C channels. */
    EDITING("the image to change", "pass an image to edit (--edit)");

    private final String beside;
    private final String wayOut;

    UNetInput(String beside, String wayOut) {
        this.beside = beside;
        this.wayOut = wayOut;
    }

    /** What it sees beside the noisy latents, in words. */
    public String beside() {
        return beside;
    }

    /** What to do with such a model. */
    public String wayOut() {
        return wayOut;
    }

    /** The kind of a U-Net with these channels; others are refused. */
    public static UNetInput of(long inChannels, long outChannels) {
        if (inChannels == outChannels) {
            return LATENTS;
        }
        if (inChannels == 2 * outChannels + 1) {
            return INPAINTING;
        }
        if (inChannels == 2 * outChannels) {
            return EDITING;
        }
        throw new WeightsException(
                "a U-Net with %d input and %d output channels is not supported: neither text-to-image"
                                .formatted(inChannels, outChannels)
                        + " (" + outChannels + "), inpainting (" + (2 * outChannels + 1) + ") nor editing ("
                        + 2 * outChannels + ")");
    }

    /** The kind of a U-Net with these tensors, under their diffusers names. */
    public static UNetInput of(StateDict unet) {
        return of(
                unet.info("conv_in.weight").shape().get(1),
                unet.info("conv_out.weight").shape().get(0));
    }
}
