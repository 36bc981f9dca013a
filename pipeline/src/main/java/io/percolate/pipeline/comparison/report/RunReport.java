package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.score.RateReport;
import io.percolate.pipeline.training.session.TrainingResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training of an arm, and what it generates.
 *
 * @param seed how many before it had the same recipe and other random numbers
 * @param training of its denoiser
 * @param trainingMegabytes most resident memory while it was trained, or null where the system does not tell
 * @param generation what generating took
 * @param quality of the images generated for the captions held out
 * @param retrieval of trained images by what is generated for their captions, or null without text
 * @param nearest the trained image that is nearest to each generated one
 * @param rate what the bits of its bound buy, or null for a model without timesteps
 * @param bound what it is trained on against its bound, or null likewise
 * @param along quality on the way: its noise first, the end of its training last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
        int seed,
        TrainingResult training,
        @Nullable Double trainingMegabytes,
        Generation generation,
        ImageQuality quality,
        @Nullable Retrieval retrieval,
        NearestTrained nearest,
        @Nullable RateReport rate,
        @Nullable BoundSummary bound,
        List<QualityPoint> along) {

    public RunReport {
        along = List.copyOf(along);
    }

    /**
     * What generating took.
     *
     * @param secondsPerImage from prompt to pixels
     * @param megabytes most resident memory meanwhile, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Generation(double secondsPerImage, @Nullable Double megabytes) {}

    /** Images that training saw in a second. */
    @JsonProperty
    public double imagesPerSecond() {
        return training.images() / training.seconds();
    }

    /** Whether it is worth comparing. */
    @JsonProperty
    public Verdict verdict() {
        return Verdict.of(along, retrieval);
    }
}
