package io.percolate.pipeline.images;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Breaks a caption into lines that fit. */
final class CaptionLines {

    private static final String MORE = "\u2026";

    private CaptionLines() {}

    /**
     * At most {@code most} lines, broken between words; what does not fit ends in an ellipsis.
     *
     * @param measure the width of a text, in the unit of {@code width}
     */
    static List<String> of(String caption, int width, int most, ToIntFunction<String> measure) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : caption.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || measure.applyAsInt(longer) <= width) {
                line = longer;
            } else {
                lines.add(line);
                line = word;
            }
        }
        lines.add(line);
        if (lines.size() > most) {
            lines.subList(most, lines.size()).clear();
            lines.set(most - 1, lines.get(most - 1) + MORE);
        }
        lines.replaceAll(one -> shortened(one, width, measure));
        return lines;
    }

    private static String shortened(String line, int width, ToIntFunction<String> measure) {
        String fitting = line;
        while (measure.applyAsInt(fitting) > width && fitting.length() > 1) {
            String kept = fitting.endsWith(MORE) ? fitting.substring(0, fitting.length() - 1) : fitting;
            fitting = kept.substring(0, kept.length() - 1) + MORE;
        }
        return fitting;
    }
}
