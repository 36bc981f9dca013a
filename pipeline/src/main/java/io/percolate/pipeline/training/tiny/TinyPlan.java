package io.percolate.pipeline.training.tiny;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.tiny.TinyConfig;
import io.percolate.vae.tiny.TinyConfig.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tiny autoencoder, and what its decoder imitates: the section {@code tiny} of a recipe.
 *
 * @param shape of the network
 * @param target what its decoder is to make of latents
 */
public record TinyPlan(TinyConfig shape, DecoderTarget target) {

    private static final int BLOCKS = 3;
    private static final int NARROWEST = 16;

    /** Finest level of teachers for which a decoder with as many blocks as the published ones is next to nothing. */
    private static final int WIDE = 64;

    /**
     * Three quarters of the finest level of {@code teacher}, but no wider than the published ones: for that of Stable
     * Diffusion this is the published shape. It has at least two channels for each of the latents, whose signs are lost
     * otherwise, since features are never negative. A narrow teacher decodes fast, and most of the time goes into the
     * finest levels: there its imitation has few blocks.
     */
    public static TinyPlan of(VaeConfig teacher) {
        int finest = teacher.blocks().widths().get(0);
        List<Integer> decoder = decoderBlocks(teacher.blocks().widths().size(), finest >= WIDE);
        List<Integer> encoder = new ArrayList<>(decoder);
        Collections.reverse(encoder);
        TinyConfig shape = new TinyConfig(
                new Channels(3, 3, teacher.latentChannels()),
                Math.max(narrowest(teacher), Math.min(TinyConfig.PUBLISHED.width(), finest * 3 / 4)),
                encoder,
                decoder,
                TinyConfig.PUBLISHED.latentMagnitude());
        return new TinyPlan(shape, DecoderTarget.IMAGES);
    }

    private static int narrowest(VaeConfig teacher) {
        return Math.max(NARROWEST, 2 * teacher.latentChannels());
    }

    private static List<Integer> decoderBlocks(int levels, boolean wide) {
        List<Integer> blocks = new ArrayList<>(Collections.nCopies(levels, BLOCKS));
        blocks.set(levels - 1, wide ? 1 : 0);
        if (!wide && levels > 2) {
            blocks.set(levels - 2, 1);
        }
        return blocks;
    }

    static TinyPlan from(JsonConfig section) {
        TinyConfig shape = new TinyConfig(
                new Channels(3, 3, section.integer("latent_channels")),
                section.integer("width"),
                section.integers("encoder_blocks", List.of()),
                section.integers("decoder_blocks", List.of()),
                section.number("latent_magnitude"));
        return new TinyPlan(shape, RecipeSection.choice(section, "target", DecoderTarget.class, DecoderTarget.IMAGES));
    }

    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("latent_channels", shape.channels().latent());
        values.put("width", shape.width());
        values.put("encoder_blocks", shape.encoderBlocks());
        values.put("decoder_blocks", shape.decoderBlocks());
        values.put("latent_magnitude", shape.latentMagnitude());
        values.put("target", RecipeSection.name(target));
        return values;
    }

    /** Fails unless it takes the latents of {@code teacher}. */
    void requireFit(VaeConfig teacher) {
        if (shape.channels().latent() != teacher.latentChannels()) {
            throw new IllegalArgumentException(
                    "tiny.latent_channels is " + shape.channels().latent() + ", but the latents to learn have "
                            + teacher.latentChannels() + ": leave it out");
        }
        int levels = teacher.blocks().widths().size();
        if (shape.decoderBlocks().size() != levels) {
            throw new IllegalArgumentException("tiny.decoder_blocks " + shape.decoderBlocks()
                    + " make images " + shape.shape().factor() + " times as wide as latents, but those to learn are "
                    + teacher.downsamplingFactor() + " times smaller than their images: give " + levels + " numbers");
        }
    }
}
