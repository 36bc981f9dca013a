package io.percolate.cli.generate;

import io.percolate.conditioning.guidance.Guidance;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads two timesteps, such as {@code 100:800}. */
final class TimestepInterval implements ITypeConverter<Guidance.Interval> {

    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    @Override
    public Guidance.Interval convert(String text) {
        Matcher interval = INTERVAL.matcher(text);
        if (!interval.matches()) {
            throw new TypeConversionException("'" + text + "' is no interval: give two timesteps, such as 100:800");
        }
        try {
            return new Guidance.Interval(Integer.parseInt(interval.group(1)), Integer.parseInt(interval.group(2)));
        } catch (IllegalArgumentException empty) {
            throw new TypeConversionException(empty.getMessage());
        }
    }
}
