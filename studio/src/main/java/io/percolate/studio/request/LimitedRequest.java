package io.percolate.studio.request;

import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.generation.GenerationRequest;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Collects the parts of a request and refuses what is above the {@link Limits}, with an {@link IllegalArgumentException}
 * that says what is allowed. What is left out is the model's own choice, as for {@code percolate generate}.
 */
public final class LimitedRequest {

    private static final int AT_ONCE = 4;
    private static final double USUAL_STRENGTH = 0.8;
    private static final int MOST_SCALE = 10;

    private final Limits limits;
    private final GenerationRequest.Builder builder;
    private Optional<BufferedImage> image = Optional.empty();
    private Optional<BufferedImage> mask = Optional.empty();
    private double strength = USUAL_STRENGTH;
    private boolean sized;
    private int controls;

    /** A request for one image of {@code prompt}. */
    public LimitedRequest(Limits limits, String prompt) {
        this.limits = limits;
        builder = GenerationRequest.of(text("prompt", prompt)).batchLimit(AT_ONCE);
    }

    private static String text(String name, String text) {
        if (text.length() > Limits.PROMPT_CHARACTERS) {
            throw new IllegalArgumentException(name + " of " + text.length() + " characters: at most "
                    + Limits.PROMPT_CHARACTERS + " are allowed");
        }
        return text;
    }

    private static void requireAtMost(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": ask for 1 to " + most);
        }
    }

    /** What no image should show. */
    public void negativePrompt(String text) {
        builder.negativePrompt(text("negative prompt", text));
    }

    /** Reads brackets in prompts as emphasis. */
    public void weighted() {
        builder.syntax(PromptSyntax.WEIGHTED);
    }

    /** Width and height in pixels. */
    public void size(int width, int height) {
        requireAtMost("width", width, limits.pixels());
        requireAtMost("height", height, limits.pixels());
        requirePixels(width, height);
        builder.size(width, height);
        sized = true;
    }

    private void requirePixels(int width, int height) {
        if ((long) width * height > limits.pixels()) {
            throw new IllegalArgumentException(
                    "an image of " + width + "x" + height + ": at most " + limits.pixels() + " pixels are allowed");
        }
    }

    /** Inference steps. */
    public void steps(int value) {
        requireAtMost("steps", value, limits.steps());
        builder.steps(value);
    }

    /** How strongly the prompt is followed. */
    public void guidanceScale(double value) {
        if (!(value >= 0 && value <= Limits.GUIDANCE_SCALE)) {
            throw new IllegalArgumentException(
                    "guidance scale " + value + ": give a number from 0 to " + Limits.GUIDANCE_SCALE);
        }
        builder.guidanceScale(value);
    }

    /** The sampler of this name on the command line. */
    public void sampler(SamplerKind kind) {
        builder.sampler(kind);
    }

    /** Spaces the noise levels as Karras et al. 2022 do. */
    public void karras() {
        builder.sigmas(SigmaSpacing.KARRAS);
    }

    /** The seed of the first image; the next ones count up. */
    public void seed(long first) {
        builder.seed(first);
    }

    /** How many images. */
    public void count(int value) {
        requireAtMost("count", value, limits.count());
        builder.count(value);
    }

    /** The image to change. */
    public void initImage(BufferedImage value) {
        image = Optional.of(value);
    }

    /** White where the image is to change; black where it stays. */
    public void mask(BufferedImage value) {
        mask = Optional.of(value);
    }

    /** How much to change. */
    public void strength(double value) {
        strength = value;
    }

    /** What one more ControlNet is shown. */
    public void control(Control control) {
        controls++;
        requireAtMost("the number of control images", controls, Limits.CONTROLS);
        if (!(Math.abs(control.scale()) <= MOST_SCALE)) {
            throw new IllegalArgumentException(
                    "control scale " + control.scale() + ": give a number from -" + MOST_SCALE + " to " + MOST_SCALE);
        }
        builder.control(control);
    }

    /** The request. */
    public GenerationRequest build() {
        if (mask.isPresent() && image.isEmpty()) {
            throw new IllegalArgumentException("a mask without an image: send the image to change, too");
        }
        image.ifPresent(this::change);
        return builder.build();
    }

    private void change(BufferedImage from) {
        if (!sized) {
            requirePixels(from.getWidth(), from.getHeight());
        }
        mask.ifPresentOrElse(where -> builder.inpaint(from, where, strength), () -> builder.initImage(from, strength));
    }
}
