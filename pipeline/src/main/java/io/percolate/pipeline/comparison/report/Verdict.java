package io.percolate.pipeline.comparison.report;

import java.util.List;

/** Whether what an arm generates is worth comparing. */
public enum Verdict {

    /** What it generates is about as far from real images as noise is. */
    NOT_LEARNED("has not learned yet: what it generates is no nearer to real images than its noise"),

    /** Its images came much nearer in the last half of its budget. */
    IMPROVING("is still improving fast: more training changes what this says"),

    /** Neither. */
    LEARNED("has learned");

    /** Part of the noise's distance that must be gone. */
    private static final double LEARNED_FROM = 0.9;

    /** Part of the distance at half the budget that is left when training no longer helps much. */
    private static final double SETTLED_FROM = 0.8;

    private static final double HALF = 0.5;

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** As the rest of a sentence that begins with the arm's name. */
    public String words() {
        return words;
    }

    /** Judges the points of a run in order: the first is its noise, the last is its end. */
    static Verdict of(List<QualityPoint> along) {
        double noise = distance(along.get(0));
        double end = distance(along.get(along.size() - 1));
        if (!(end < LEARNED_FROM * noise)) {
            return NOT_LEARNED;
        }
        boolean improving = along.stream()
                .filter(point -> point.spent() >= HALF && point.spent() < 1)
                .findFirst()
                .filter(half -> end < SETTLED_FROM * distance(half))
                .isPresent();
        return improving ? IMPROVING : LEARNED;
    }

    private static double distance(QualityPoint point) {
        return point.quality().distance();
    }
}
