package io.percolate.pipeline.images;

/**
 * What a model sees of an image: the image is resized to cover a size, and cut to the centre.
 *
 * @param original of the image in its file, upright
 * @param size of what is left of it
 */
public record Frame(PixelSize original, PixelSize size) {

    /** An image that is shown whole in its own size. */
    public static Frame whole(PixelSize size) {
        return new Frame(size, size);
    }

    /** Of the image after it is resized and before it is cut. */
    public PixelSize resized() {
        return original.covering(size);
    }

    /**
     * What Podell et al. 2023, section 2.2, tell a denoiser of the original: its size if it had to be enlarged. One
     * that was large enough counts as large as it was needed, which is what a model is told when it generates.
     */
    public PixelSize toldSize() {
        PixelSize resized = resized();
        return original.area() < resized.area() ? original : resized;
    }

    /** Rows cut off at the top of the resized image. */
    public int top() {
        return (resized().height() - size.height()) / 2;
    }

    /** Columns cut off at its left. */
    public int left() {
        return (resized().width() - size.width()) / 2;
    }
}
