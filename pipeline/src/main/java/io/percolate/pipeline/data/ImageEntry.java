package io.percolate.pipeline.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One image of a data set, not yet read.
 *
 * @param file the image
 * @param captions what may be said of it, the most telling first; empty if nothing is known
 * @param fields everything else that the metadata says, by column name
 */
public record ImageEntry(Path file, List<String> captions, Map<String, String> fields) {

    private static final Pattern ONE_SIDED = Pattern.compile(
            "\\b(left|right|(left|right)wards?|(anti|counter-?)?clockwise|letter(s|ing)?|text|words?|written|writing)\\b",
            Pattern.CASE_INSENSITIVE);

    public ImageEntry {
        captions = List.copyOf(captions);
        fields = Map.copyOf(fields);
    }

    /** The first caption, or the empty one. */
    public String caption() {
        return captions.isEmpty() ? "" : captions.get(0);
    }

    /** The class it belongs to: the metadata's {@code label} or {@code class}, or its sub-folder; empty if none is known. */
    public String label() {
        return fields.getOrDefault("label", fields.getOrDefault("class", ""));
    }

    /** Whether its mirror image still shows what is said of it: no caption names a side, a turn, or something written. */
    public boolean mayBeMirrored() {
        return captions.stream().noneMatch(caption -> ONE_SIDED.matcher(caption).find());
    }

    /** The part that the metadata's {@code split} names; training if it names none. */
    public Split split() {
        String split = fields.getOrDefault("split", "train");
        return Split.of(split)
                .orElseThrow(
                        () -> new DatasetException(file + ": split '" + split + "': use train, heldout or unseen"));
    }

    /** What tells the image from others of the same subject, such as a skin tone: the metadata's {@code variant}. */
    public Optional<String> variant() {
        return Optional.ofNullable(fields.get("variant")).filter(variant -> !variant.isBlank());
    }

    /** What people may say who have not seen its captions, to judge a model by: the metadata's {@code everyday}. */
    public Optional<String> everyday() {
        return Optional.ofNullable(fields.get("everyday")).filter(prompt -> !prompt.isBlank());
    }

    /** How often the image comes per epoch on average: the metadata's {@code weight}, or 1. */
    public double weight() {
        return number("weight");
    }

    /** How much a denoiser's error of the image counts beside that of others: the metadata's {@code loss_weight}, or 1. */
    public double lossWeight() {
        return number("loss_weight");
    }

    /** The same with other captions. */
    public ImageEntry withCaptions(List<String> others) {
        return new ImageEntry(file, others, fields);
    }

    /** The same with these words before each caption, or alone if there is none. */
    public ImageEntry triggered(String words) {
        return withCaptions(
                captions.isEmpty()
                        ? List.of(words)
                        : captions.stream()
                                .map(caption -> words + ", " + caption)
                                .toList());
    }

    /** The same with another value in a column of the metadata. */
    public ImageEntry withField(String column, String value) {
        Map<String, String> changed = new HashMap<>(fields);
        changed.put(column, value);
        return new ImageEntry(file, captions, changed);
    }

    private double number(String column) {
        String text = fields.getOrDefault(column, "1");
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value < 1000) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a number out of range
        }
        throw new DatasetException(file + ": " + column + " '" + text + "' is not a number from 0 to 1000");
    }
}
