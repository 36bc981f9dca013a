package io.percolate.command.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Two numbers with an x between them. */
public final class SizeText {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

    private SizeText() {}

    /** What becomes of two numbers. */
    @FunctionalInterface
    public interface Maker<S> {

        /** Fails with an {@link IllegalArgumentException} if there is no such size. */
        S of(int first, int second);
    }

    /**
     * Reads a size.
     *
     * @param form what the text must be, for the message that refuses it
     */
    public static <S> S read(String text, String form, Maker<S> maker) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new TypeConversionException("'" + text + "' is no size: give " + form);
        }
        try {
            return maker.of(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        } catch (IllegalArgumentException empty) {
            throw new TypeConversionException(empty.getMessage());
        }
    }
}
