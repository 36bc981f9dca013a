package io.percolate.pipeline.data;

import java.io.Serializable;

/**
 * A place in the order of images, to resume from.
 *
 * @param epoch how many times all images of the data set came before
 * @param index how many images of this epoch come before
 */
public record Position(int epoch, int index) implements Serializable {

    /** Where every training begins. */
    public static final Position START = new Position(0, 0);

    public Position {
        if (epoch < 0 || index < 0) {
            throw new IllegalArgumentException("position (" + epoch + "," + index + "): neither may be negative");
        }
    }

    /** The place after this one in the same epoch. */
    public Position next() {
        return new Position(epoch, index + 1);
    }
}
