package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one arm is, and what came of it.
 *
 * @param space where it works, in words
 * @param parameters of its networks, by part of the model folder
 * @param gflopPerPrediction arithmetic of its denoiser for one image at one step, in 10^9 operations
 * @param autoencoder what the way to its latents took, or null on pixels
 * @param runs its trainings, one a seed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmReport(
        String space,
        Map<String, Long> parameters,
        double gflopPerPrediction,
        @Nullable AutoencoderReport autoencoder,
        List<RunReport> runs) {

    public ArmReport {
        parameters = Map.copyOf(parameters);
        runs = List.copyOf(runs);
    }

    /** The training with the first seed. */
    public RunReport first() {
        return runs.get(0);
    }

    /** The distance of its images, over its runs. */
    @JsonProperty
    public Spread distance() {
        return over(run -> run.quality().distance());
    }

    /** The worst of its runs' verdicts. */
    @JsonProperty
    public Verdict verdict() {
        return runs.stream()
                .map(RunReport::verdict)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** A number of each run. */
    public Spread over(ToDoubleFunction<RunReport> number) {
        return Spread.of(runs.stream().mapToDouble(number).toArray());
    }
}
