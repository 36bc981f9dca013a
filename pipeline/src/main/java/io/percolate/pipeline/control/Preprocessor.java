package io.percolate.pipeline.control;

import io.percolate.pipeline.control.edges.Canny;
import io.percolate.pipeline.control.edges.GreyPlane;
import java.awt.image.BufferedImage;
import java.util.function.UnaryOperator;

/** What makes a control image of another image. */
public enum Preprocessor {
    /** Nothing: the image is one already. */
    NONE(image -> image),
    /** White edges on black. */
    CANNY(image -> Canny.USUAL.edges(image).image()),
    /** Brightness without colour. */
    LUMINANCE(image -> GreyPlane.of(image).image());

    private final UnaryOperator<BufferedImage> change;

    Preprocessor(UnaryOperator<BufferedImage> change) {
        this.change = change;
    }

    /** The control image of an opaque image, of the same size. */
    public BufferedImage apply(BufferedImage image) {
        return change.apply(image);
    }
}
