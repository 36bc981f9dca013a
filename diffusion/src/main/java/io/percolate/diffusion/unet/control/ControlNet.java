package io.percolate.diffusion.unet.control;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.Contraction;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.Residuals;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.layers.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * Steers a U-Net by an image, such as edges or depth (Zhang et al. 2023, "Adding conditional control to text-to-image
 * diffusion models"): a copy of its way down, which also sees the image, and whose feature maps are added to those of the
 * U-Net through 1x1 convolutions that are zero before training.
 *
 * <p>Its parameters are named as in diffusers' {@code ControlNetModel}. Thread-safe, as a {@link UNet} is.
 */
public final class ControlNet extends Contraction {

    private final ControlNetConfig config;
    private final ConditionEmbedding condition;
    private final List<Conv2d> ofSkips = new ArrayList<>();
    private final Conv2d ofMid;

    /** A network without values: initialise it or load some. */
    public ControlNet(ControlNetConfig config) {
        super(config.contraction());
        this.config = config;
        List<Integer> channels = ControlNetConfig.mapChannels(config.contraction());
        condition = child(
                "controlnet_cond_embedding",
                new ConditionEmbedding(config.conditionChannels(), config.conditionWidths(), channels.get(0)));
        for (int i = 0; i < channels.size(); i++) {
            ofSkips.add(child("controlnet_down_blocks." + i, Conv2d.zero(channels.get(i), channels.get(i), 1)));
        }
        int last = channels.get(channels.size() - 1);
        ofMid = child("controlnet_mid_block", Conv2d.zero(last, last, 1));
    }

    /** Its shape, of which {@link #config} is the way down. */
    public ControlNetConfig shape() {
        return config;
    }

    /**
     * What a control image adds to the first feature map. It does not depend on the timestep, so that one call serves a
     * whole generation.
     *
     * @param image (B,3,H,W) in [0,1], of the size of the images in pixels
     * @return (B,C,h,w)
     * @throws IllegalArgumentException if it has other channels
     */
    public NDArray embed(NDArray image) {
        Shape shape = image.getShape();
        if (shape.dimension() != 4 || shape.get(1) != config.conditionChannels()) {
            throw new IllegalArgumentException("a control image of shape " + shape + ", but this ControlNet expects"
                    + " (batch, " + config.conditionChannels() + ", height, width)");
        }
        return use(() -> condition.forward(asComputed(image)));
    }

    /**
     * What is added to the feature maps of the U-Net.
     *
     * @param sample noisy latents (B,C,H,W)
     * @param timesteps (B), whole or fractional
     * @param inputs what the U-Net takes beside the timestep
     * @param embedded control images as {@link #embed} gives them, one for each sample or one for all
     * @throws IllegalArgumentException if an argument does not fit the config; the message says how to mend it
     */
    public Residuals forward(NDArray sample, NDArray timesteps, DenoiserInputs inputs, NDArray embedded) {
        return use(() -> Residuals.keep(() -> {
            Residuals maps = maps(sample, timesteps, inputs, embedded);
            List<NDArray> skips = new ArrayList<>();
            for (int i = 0; i < ofSkips.size(); i++) {
                skips.add(ofSkips.get(i).forward(maps.skips().get(i)));
            }
            return new Residuals(skips, ofMid.forward(maps.mid()));
        }));
    }
}
