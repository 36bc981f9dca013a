package io.percolate.pipeline.comparison.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart: numbers to places.
 *
 * @param least the smallest number
 * @param most the largest
 * @param logarithmic whether equal factors are equally far apart
 */
public record ChartScale(double least, double most, boolean logarithmic) {

    private static final int TICKS = 5;
    private static final double SMALL = 0.01;
    private static final double[] STEPS = {1, 2, 5, 10};

    /** From 0 to a round number from {@code most} on. */
    public static ChartScale fromZero(double most) {
        double step = step(most > 0 ? most : 1);
        return new ChartScale(0, step * Math.ceil((most > 0 ? most : 1) / step), false);
    }

    /** Equal factors equally far apart, with room on both sides. */
    public static ChartScale logarithmic(double least, double most) {
        return new ChartScale(least / 1.15, Math.max(most, least * 2) * 1.15, true);
    }

    /** Where {@code value} is, 0 to 1. */
    double place(double value) {
        return logarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
    }

    /** Round numbers to label. */
    List<Double> ticks() {
        return logarithmic ? powers() : multiples();
    }

    private List<Double> multiples() {
        List<Double> ticks = new ArrayList<>();
        double step = step(most - least);
        for (int i = 0; least + i * step <= most * (1 + 1e-9); i++) {
            ticks.add(least + i * step);
        }
        return ticks;
    }

    /** 1, 2 and 5 times powers of ten; only powers where those would be too many. */
    private List<Double> powers() {
        boolean wide = most / least > 200;
        List<Double> ticks = new ArrayList<>();
        for (double power = Math.pow(10, Math.floor(Math.log10(least))); power <= most; power *= 10) {
            for (double factor : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                double tick = power * factor;
                if (tick >= least && tick <= most) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A round step that gives about five ticks. */
    private static double step(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / TICKS)));
        for (double factor : STEPS) {
            if (range / (power * factor) <= TICKS) {
                return power * factor;
            }
        }
        return power * 10;
    }

    /** A number as short as it can be: 2e-3, 0.5, 20, 30k, 2M. */
    public static String label(double value) {
        if (Math.abs(value) >= 1e6) {
            return trimmed(value / 1e6) + "M";
        }
        if (value != 0 && Math.abs(value) < SMALL) {
            return String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-");
        }
        return Math.abs(value) >= 1e4 ? trimmed(value / 1e3) + "k" : trimmed(value);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
