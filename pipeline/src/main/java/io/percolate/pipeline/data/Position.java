package io.percolate.pipeline.data;

/**
 * A place in the stream of draws, to resume from.
 *
 * @param epoch how many times the data set was drawn in full before
 * @param index how many images of this epoch come before
 */
public record Position(int epoch, int index) {

    /** Where every training begins. */
    public static final Position START = new Position(0, 0);

    public Position {
        if (epoch < 0 || index < 0) {
            throw new IllegalArgumentException("position (" + epoch + "," + index + "): neither may be negative");
        }
    }
}
