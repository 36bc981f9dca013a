package io.percolate.conditioning.prompts;

import io.percolate.nn.engine.Precision;
import java.util.List;

/**
 * How prompts are encoded.
 *
 * @param syntax what brackets in a prompt mean, and what happens to a prompt that is too long
 * @param clipSkip how many of the last layers to leave out, beyond those a model leaves out anyway
 * @param sizes the images' sizes, for models that are told: one for all, or one for each prompt
 * @param precision what the text encoders compute in; what they return is float32
 */
public record TextOptions(PromptSyntax syntax, int clipSkip, List<ImageSizes> sizes, Precision precision) {

    public TextOptions {
        sizes = List.copyOf(sizes);
        if (clipSkip < 0) {
            throw new IllegalArgumentException("clip skip " + clipSkip + " must be 0 or more");
        }
    }

    /** Plain prompts in float32, with every layer, for images of this size in pixels. */
    public static TextOptions of(int height, int width) {
        return new TextOptions(PromptSyntax.PLAIN, 0, List.of(ImageSizes.of(height, width)), Precision.FP32);
    }

    /** These options with another syntax. */
    public TextOptions withSyntax(PromptSyntax other) {
        return new TextOptions(other, clipSkip, sizes, precision);
    }

    /** These options with layers left out. */
    public TextOptions withClipSkip(int layers) {
        return new TextOptions(syntax, layers, sizes, precision);
    }

    /** These options for images of other sizes, one for each prompt. */
    public TextOptions withSizes(List<ImageSizes> others) {
        return new TextOptions(syntax, clipSkip, others, precision);
    }

    /** These options in another precision. */
    public TextOptions withPrecision(Precision other) {
        return new TextOptions(syntax, clipSkip, sizes, other);
    }
}
