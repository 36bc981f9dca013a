package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a comparison found.
 *
 * @param setup what was compared
 * @param real quality of other real images, as many: no generated image can be expected to come nearer
 * @param arms what came of each arm, by its name, in their order
 * @param machine what it ran on, and what repeats it
 */
public record ComparisonReport(ComparisonSetup setup, ImageQuality real, Map<String, ArmReport> arms, Machine machine) {

    public ComparisonReport {
        arms = Collections.unmodifiableMap(new LinkedHashMap<>(arms));
    }

    /** What it says, in a sentence or two. */
    @JsonProperty
    public String claim() {
        return new Claim(setup, arms).toString();
    }

    /** As a page of Markdown. */
    public String text() {
        return new ReportText(this).toString();
    }
}
