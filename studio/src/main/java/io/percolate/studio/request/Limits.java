package io.percolate.studio.request;

/**
 * The most that one request may ask for.
 *
 * @param pixels of each image
 * @param steps inference steps
 * @param count images
 * @param uploadPixels of an image that is sent
 * @param bodyBytes of the whole request
 */
public record Limits(long pixels, int steps, int count, long uploadPixels, int bodyBytes) {

    /** For a machine that is shared with other work. */
    public static final Limits DEFAULT = new Limits(1024 * 1024, 150, 16, 8 << 20, 16 << 20);

    /** Characters of a prompt. */
    static final int PROMPT_CHARACTERS = 10_000;

    /** Control images. */
    static final int CONTROLS = 4;

    /** The guidance scale. */
    static final double GUIDANCE_SCALE = 100;

    public Limits {
        if (pixels < 1 || steps < 1 || count < 1 || uploadPixels < 1 || bodyBytes < 1) {
            throw new IllegalArgumentException("limits must be 1 or more");
        }
    }
}
