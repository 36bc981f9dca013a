package io.percolate.pipeline.comparison.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a comparison says. Arms that have not learned are named, and not ranked. */
record Claim(ComparisonSetup setup, Map<String, ArmReport> arms) {

    @Override
    public String toString() {
        List<Map.Entry<String, ArmReport>> ranked = arms.entrySet().stream()
                .filter(arm -> arm.getValue().verdict() != Verdict.NOT_LEARNED)
                .sorted(Comparator.comparing(arm -> arm.getValue().distance().mean()))
                .toList();
        String ranking = ranked.size() < 2 ? nothing(ranked) : ranking(ranked.get(0), ranked.get(1));
        return ranking
                + arms.entrySet().stream()
                        .filter(arm -> arm.getValue().verdict() != Verdict.LEARNED)
                        .map(arm -> " " + arm.getKey() + " "
                                + arm.getValue().verdict().words() + ".")
                        .collect(Collectors.joining());
    }

    private static String nothing(List<Map.Entry<String, ArmReport>> ranked) {
        return ranked.isEmpty()
                ? "No arm has learned: there is nothing to rank."
                : "Only " + ranked.get(0).getKey() + " has learned: there is nothing to rank.";
    }

    private String ranking(Map.Entry<String, ArmReport> best, Map.Entry<String, ArmReport> next) {
        Spread nearest = best.getValue().distance();
        Spread other = next.getValue().distance();
        String numbers = " (distance x 1000: " + nearest.text("%.1f") + " against " + other.text("%.1f") + ").";
        return nearest.isClearlyBelow(other)
                ? "At equal " + setup.equal() + ", images of " + best.getKey()
                        + " are nearer to real ones than those of " + next.getKey() + numbers
                : "At equal " + setup.equal() + ", images of " + best.getKey() + " and of " + next.getKey()
                        + " are about as near to real ones" + numbers;
    }
}
