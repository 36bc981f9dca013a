package io.percolate.pipeline.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.comparison.report.RunReport.Generation;
import io.percolate.pipeline.evaluation.Originality;
import io.percolate.pipeline.evaluation.PatchDistances;
import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.score.RatePoint;
import io.percolate.pipeline.score.RateReport;
import io.percolate.pipeline.training.session.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void imagesAsFarAsNoiseHaveNotLearned() {
        assertThat(Verdict.of(along(500, 480, 470, 460), null)).isEqualTo(Verdict.NOT_LEARNED);
        assertThat(Verdict.of(along(500, 480, 470, Double.NaN), null)).isEqualTo(Verdict.NOT_LEARNED);
    }

    @Test
    void imagesThatCameMuchNearerInTheLastHalfAreImproving() {
        assertThat(Verdict.of(along(500, 400, 300, 200), null)).isEqualTo(Verdict.IMPROVING);
    }

    @Test
    void imagesThatHardlyCameNearerHaveLearned() {
        assertThat(Verdict.of(along(500, 300, 210, 200), null)).isEqualTo(Verdict.LEARNED);
    }

    @Test
    void imagesThatTheirCaptionsHardlyFindDoNotFollowThem() {
        List<QualityPoint> settled = along(500, 300, 210, 200);
        assertThat(Verdict.of(settled, retrieval(256, 0.09))).isEqualTo(Verdict.NOT_FOLLOWING);
        assertThat(Verdict.of(settled, retrieval(256, 0.1))).isEqualTo(Verdict.LEARNED);
        assertThat(Verdict.of(settled, retrieval(20, 0.2))).isEqualTo(Verdict.LEARNED);
        assertThat(Verdict.of(along(500, 480, 470, 460), retrieval(256, 0.09))).isEqualTo(Verdict.NOT_LEARNED);
    }

    private static Retrieval retrieval(int candidates, double recallAt5) {
        return new Retrieval(candidates / 2, candidates, 0, recallAt5, 1);
    }

    @Test
    void onlyWhatHasLearnedIsRanked() {
        assertThat(claim(arm(500, 300, 210, 200), arm(500, 480, 470, 460)))
                .startsWith("Only first has learned: there is nothing to rank.")
                .contains("second has not learned yet");
        assertThat(claim(arm(500, 300, 210, 200), arm(500, 200, 110, 100)))
                .isEqualTo("At equal time, images of second are nearer to real ones than those of first"
                        + " (distance x 1000: 100.0 against 200.0).");
    }

    @Test
    void armsWhoseSeedsOverlapAreNotToldApart() {
        ArmReport wide =
                new ArmReport("pixels", Map.of(), 1, null, List.of(run(500, 300, 210, 190), run(500, 300, 310, 290)));
        assertThat(claim(wide, arm(500, 300, 260, 250))).contains("about as near", "240.0 ± 70.7");
    }

    private static String claim(ArmReport first, ArmReport second) {
        Map<String, ArmReport> arms = new LinkedHashMap<>();
        arms.put("first", first);
        arms.put("second", second);
        ComparisonSetup setup = new ComparisonSetup(16, "1 steps", "wall-clock time", "time", 1, 1, 2, 1, "");
        return new Claim(setup, arms).toString();
    }

    private static ArmReport arm(double... distances) {
        return new ArmReport("pixels", Map.of(), 1, null, List.of(run(distances)));
    }

    private static RunReport run(double... distances) {
        List<QualityPoint> along = along(distances);
        return new RunReport(
                0,
                new TrainingResult(1, 1, 1, true),
                null,
                new Generation(1, null),
                along.get(along.size() - 1).quality(),
                null,
                new NearestTrained(new Originality(1, 1, null, 1, "0.png"), List.of("0.png")),
                new RateReport(1, List.of(new RatePoint(0, 1, 1)), null),
                null,
                along);
    }

    /** Noise, a quarter, half, and the end. */
    private static List<QualityPoint> along(double... distances) {
        double[] spent = {0, 0.25, 0.5, 1};
        List<QualityPoint> along = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            PatchDistances patches = new PatchDistances(List.of(16), List.of(distances[i]));
            along.add(new QualityPoint(spent[i], i, i, i, new ImageQuality(2, patches, null)));
        }
        return along;
    }
}
