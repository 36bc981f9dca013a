package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.evaluation.Retrieval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what an arm generates is worth comparing. */
public enum Verdict {

    /** What it generates is about as far from real images as noise is. */
    NOT_LEARNED("has not learned yet: what it generates is no nearer to real images than its noise"),

    /** It reads captions, and its images are hardly what theirs say. */
    NOT_FOLLOWING("does not follow its captions yet: few of them find their own image by what is generated for them"),

    /** Its images came much nearer in the last half of its budget. */
    IMPROVING("is still improving fast: more training changes what this says"),

    /** None of these. */
    LEARNED("has learned");

    /** Part of the noise's distance that must be gone. */
    private static final double LEARNED_FROM = 0.9;

    /** Part of the distance at half the budget that is left when training no longer helps much. */
    private static final double SETTLED_FROM = 0.8;

    private static final double HALF = 0.5;

    /** How much more often than by chance a caption's own image must be among the nearest. */
    private static final double FOLLOWED_FROM = 5;

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** As the rest of a sentence that begins with the arm's name. */
    public String words() {
        return words;
    }

    /**
     * Judges a run.
     *
     * @param along its points in order: the first is its noise, the last is its end
     * @param retrieval by what it generates for captions, or null if it reads none
     */
    static Verdict of(List<QualityPoint> along, @Nullable Retrieval retrieval) {
        double noise = distance(along.get(0));
        double end = distance(along.get(along.size() - 1));
        if (!(end < LEARNED_FROM * noise)) {
            return NOT_LEARNED;
        }
        if (retrieval != null && !isFollowing(retrieval)) {
            return NOT_FOLLOWING;
        }
        boolean improving = along.stream()
                .filter(point -> point.spent() >= HALF && point.spent() < 1)
                .findFirst()
                .filter(half -> end < SETTLED_FROM * distance(half))
                .isPresent();
        return improving ? IMPROVING : LEARNED;
    }

    /** Among few images chance alone finds them. */
    private static boolean isFollowing(Retrieval retrieval) {
        double wanted = FOLLOWED_FROM * retrieval.chanceAt5();
        return wanted >= 1 || retrieval.recallAt5() >= wanted;
    }

    private static double distance(QualityPoint point) {
        return point.quality().distance();
    }
}
