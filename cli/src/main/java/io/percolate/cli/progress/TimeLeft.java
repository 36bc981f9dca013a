package io.percolate.cli.progress;

/** How long something will take, judging by what it took so far. */
final class TimeLeft {

    private TimeLeft() {}

    /**
     * Hours, minutes and seconds.
     *
     * @param seconds since the beginning
     * @param share the part that is done, above 0 up to 1
     */
    static String text(double seconds, double share) {
        long left = Math.round(seconds * (1 - share) / share);
        return "%d:%02d:%02d left".formatted(left / 3600, left / 60 % 60, left % 60);
    }
}
