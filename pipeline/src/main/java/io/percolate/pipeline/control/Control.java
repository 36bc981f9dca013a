package io.percolate.pipeline.control;

import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * How one ControlNet steers a generation.
 *
 * @param image what it is shown
 * @param scale what its residuals are multiplied by: 1 for what it was trained for, 0 for nothing
 * @param start the share of the steps after which it begins, 0 to 1
 * @param end the share of the steps after which it ends, 0 to 1
 */
public record Control(ControlImage image, double scale, double start, double end) {

    public Control {
        Objects.requireNonNull(image, "image");
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("a control scale of " + scale + ": give a number such as 0.8");
        }
        if (!(start >= 0 && start < end && end <= 1)) {
            throw new IllegalArgumentException("control from " + start + " to " + end
                    + " of the steps: both must be between 0 and 1, the start before the end");
        }
    }

    /** {@code image} as it is, at scale 1 in all steps. */
    public static Control of(BufferedImage image) {
        return of(image, Preprocessor.NONE);
    }

    /** What {@code preprocessor} makes of {@code image}, at scale 1 in all steps. */
    public static Control of(BufferedImage image, Preprocessor preprocessor) {
        return of(new ControlImage.OfImage(image, preprocessor));
    }

    /** {@code image} at scale 1 in all steps. */
    public static Control of(ControlImage image) {
        return new Control(image, 1, 0, 1);
    }

    /** The same at another scale. */
    public Control withScale(double other) {
        return new Control(image, other, start, end);
    }

    /** The same in a part of the steps. */
    public Control during(double first, double last) {
        return new Control(image, scale, first, last);
    }

    /** What its residuals are multiplied by in step {@code index} of {@code count}, counted from 0. */
    double weight(int index, int count) {
        boolean early = (double) index / count < start;
        boolean late = (double) (index + 1) / count > end;
        return early || late ? 0 : scale;
    }

    /** Scale, and part of the steps, as images tell it. */
    @Override
    public String toString() {
        return start == 0 && end == 1 ? "" + scale : scale + " (" + start + "-" + end + ")";
    }
}
