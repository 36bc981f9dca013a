package io.percolate.conditioning.prompts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the brackets of a weighted prompt; see {@link PromptSyntax#WEIGHTED}. */
final class PromptWeights {

    private static final float STEP = 1.1f;

    private static final Pattern NUMBER = Pattern.compile("(?s)(.*):\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*");

    private final List<Part> parts = new ArrayList<>();
    private final Deque<Bracket> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();

    private PromptWeights() {}

    /**
     * A stretch of text and how much it counts.
     *
     * @param text the text, without brackets
     * @param weight its weight, 1 being normal
     */
    record Part(String text, float weight) {

        Part times(float factor) {
            return new Part(text, weight * factor);
        }
    }

    /** An opening bracket and the first part after it. */
    private record Bracket(char sign, int firstPart) {}

    /** The parts of {@code prompt}, in order; brackets that nobody closed reach to the end. */
    static List<Part> parse(String prompt) {
        PromptWeights reader = new PromptWeights();
        for (int i = 0; i < prompt.length(); i++) {
            boolean escaped = prompt.charAt(i) == '\\' && i + 1 < prompt.length();
            i += escaped ? 1 : 0;
            reader.read(prompt.charAt(i), escaped);
        }
        while (!reader.open.isEmpty()) {
            reader.close(reader.open.peek().sign() == '(' ? STEP : 1 / STEP);
        }
        reader.endPart();
        return List.copyOf(reader.parts);
    }

    private void read(char c, boolean escaped) {
        if (!escaped && (c == '(' || c == '[')) {
            endPart();
            open.push(new Bracket(c, parts.size()));
        } else if (!escaped && c == ')' && isOpen('(')) {
            close(takeNumber());
        } else if (!escaped && c == ']' && isOpen('[')) {
            close(1 / STEP);
        } else {
            text.append(escaped && "()[]\\".indexOf(c) < 0 ? "\\" + c : String.valueOf(c));
        }
    }

    private boolean isOpen(char sign) {
        return !open.isEmpty() && open.peek().sign() == sign;
    }

    /** The weight after a colon at the end of the text read so far, which it is taken from. */
    private float takeNumber() {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return STEP;
        }
        String before = matcher.group(1);
        float number = Float.parseFloat(matcher.group(2));
        text.setLength(0);
        text.append(before);
        return number;
    }

    private void close(float factor) {
        endPart();
        int first = open.pop().firstPart();
        parts.subList(first, parts.size()).replaceAll(part -> part.times(factor));
    }

    private void endPart() {
        if (!text.isEmpty()) {
            parts.add(new Part(text.toString(), 1));
            text.setLength(0);
        }
    }
}
