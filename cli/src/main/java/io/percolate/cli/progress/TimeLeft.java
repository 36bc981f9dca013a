package io.percolate.cli.progress;

/**
 * How long something will take, judging by what it took so far. What it says changes little by little: a pause, for a
 * checkpoint for instance, does not make it jump.
 */
final class TimeLeft {

    /** How fast it follows, in seconds. */
    private static final double FOLLOWING = 30;

    private double left = Double.NaN;
    private double then;

    /**
     * Hours, minutes and seconds, counted down from what was said before and moved towards what is likely now.
     *
     * @param seconds since the beginning
     * @param share the part that is done, above 0 up to 1
     */
    String at(double seconds, double share) {
        double likely = seconds * (1 - share) / share;
        double passed = seconds - then;
        double weight = Double.isNaN(left) ? 1 : 1 - Math.exp(-passed / Math.min(FOLLOWING, Math.max(1, likely / 4)));
        double counted = Double.isNaN(left) ? likely : Math.max(0, left - passed);
        left = counted + weight * (likely - counted);
        then = seconds;
        return text(left);
    }

    /**
     * Hours, minutes and seconds.
     *
     * @param seconds since the beginning
     * @param share the part that is done, above 0 up to 1
     */
    static String text(double seconds, double share) {
        return text(seconds * (1 - share) / share);
    }

    private static String text(double seconds) {
        long left = Math.round(seconds);
        return "%d:%02d:%02d left".formatted(left / 3600, left / 60 % 60, left % 60);
    }
}
