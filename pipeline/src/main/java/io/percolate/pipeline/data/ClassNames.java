package io.percolate.pipeline.data;

import java.util.List;

/**
 * The classes of a data set, each with a number; after them comes the null class, which stands for no class.
 *
 * @param names the classes in the order of their numbers, from 0
 */
public record ClassNames(List<String> names) {

    public ClassNames {
        names = List.copyOf(names);
    }

    /** The classes of {@code dataset}, sorted. */
    public static ClassNames of(ImageDataset dataset) {
        return new ClassNames(dataset.entries().stream()
                .map(ImageEntry::label)
                .filter(label -> !label.isEmpty())
                .distinct()
                .sorted()
                .toList());
    }

    /** How many classes there are, the null class included. */
    public int count() {
        return names.size() + 1;
    }

    /** The number of the null class. */
    public int nullClass() {
        return names.size();
    }

    /** The number of the class {@code label}; that of the null class for the empty label. */
    public long number(String label) {
        int number = label.isEmpty() ? nullClass() : names.indexOf(label);
        if (number < 0) {
            throw new DatasetException("no class is called " + label + ", there are " + String.join(", ", names));
        }
        return number;
    }
}
