package io.percolate.diffusion.unet.control;

import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.MidBlockType;
import io.percolate.diffusion.unet.UNetConfig;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of a ControlNet.
 *
 * @param contraction the U-Net whose way down it copies; what that predicts does not matter
 * @param conditionChannels channels of the control image
 * @param conditionWidths channels of the layers that bring the control image down to latents, each after the first at
 *     half the resolution of the one before
 */
public record ControlNetConfig(UNetConfig contraction, int conditionChannels, List<Integer> conditionWidths) {

    /** The widths of Zhang et al. 2023, section 3.3, for latents of 8 pixels each. */
    public static final List<Integer> PUBLISHED_WIDTHS = List.of(16, 32, 96, 256);

    /** Red, green and blue. */
    private static final int COLOURS = 3;

    private static final int MOST_HALVINGS = 10;

    public ControlNetConfig {
        conditionWidths = List.copyOf(conditionWidths);
        if (conditionChannels < 1 || conditionWidths.isEmpty() || conditionWidths.size() > MOST_HALVINGS + 1) {
            throw new IllegalArgumentException("a ControlNet for images of " + conditionChannels
                    + " channels with conditioning widths " + conditionWidths
                    + ": it needs at least one of each, and at"
                    + " most " + (MOST_HALVINGS + 1) + " widths");
        }
        if (contraction.midBlock() == MidBlockType.NONE) {
            throw new IllegalArgumentException("a ControlNet without a mid block: it adds to what comes out of one");
        }
        if (conditionWidths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("conditioning widths " + conditionWidths + ": all must be positive");
        }
    }

    /**
     * The shape for a U-Net.
     *
     * @param unet the network to steer, which may see more than the latents
     * @param pixelsPerLatent a power of 2
     */
    public static ControlNetConfig of(UNetConfig unet, int pixelsPerLatent) {
        int halvings = Integer.numberOfTrailingZeros(pixelsPerLatent);
        if (pixelsPerLatent < 1 || 1 << halvings != pixelsPerLatent) {
            throw new IllegalArgumentException(
                    pixelsPerLatent + " pixels per latent: a ControlNet brings images down by powers of 2");
        }
        int last = PUBLISHED_WIDTHS.size() - 1;
        List<Integer> widths = IntStream.rangeClosed(0, halvings)
                .mapToObj(i -> PUBLISHED_WIDTHS.get(Math.min(i, last)))
                .toList();
        return of(unet, COLOURS, widths);
    }

    /** The shape for a U-Net, which may see more than the latents, with other layers for the control image. */
    public static ControlNetConfig of(UNetConfig unet, int conditionChannels, List<Integer> conditionWidths) {
        int latents = unet.outChannels();
        return new ControlNetConfig(unet.withChannels(latents, latents), conditionChannels, conditionWidths);
    }

    /** Pixels of the control image per latent, along each side. */
    public int pixelsPerLatent() {
        return 1 << (conditionWidths.size() - 1);
    }

    /** Channels of every feature map that a U-Net leaves for its way up, from the first on. */
    public static List<Integer> mapChannels(UNetConfig unet) {
        List<Level> levels = unet.levels();
        IntStream perLevel = IntStream.range(0, levels.size()).flatMap(i -> {
            int resampled = i == levels.size() - 1 ? 0 : 1;
            return IntStream.generate(() -> levels.get(i).channels())
                    .limit(levels.get(i).layers() + (long) resampled);
        });
        return IntStream.concat(IntStream.of(levels.get(0).channels()), perLevel)
                .boxed()
                .toList();
    }
}
