package io.percolate.studio.work;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Supplier;

/** The time since a generation began, and which part of it went into previews. */
final class StepTimer {

    /** The part of the time that may go into previews, whose decoding is no step towards the image. */
    private static final double PREVIEW_SHARE = 0.3;

    private final long began = System.nanoTime();
    private double inPreviews;

    /** Seconds since the beginning. */
    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Whether previews had less than their part so far. */
    boolean hasTimeForPreviews() {
        return inPreviews <= PREVIEW_SHARE * seconds();
    }

    /** Previews, whose time counts. */
    List<BufferedImage> previews(Supplier<List<BufferedImage>> decoder) {
        double before = seconds();
        List<BufferedImage> previews = decoder.get();
        inPreviews += seconds() - before;
        return previews;
    }
}
