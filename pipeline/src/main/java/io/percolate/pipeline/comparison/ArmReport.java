package io.percolate.pipeline.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.percolate.pipeline.comparison.Stages.Measured;
import io.percolate.pipeline.model.inspection.Inspection;
import io.percolate.pipeline.model.inspection.PartReport;
import io.percolate.pipeline.training.session.TrainingResult;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one contestant is and took.
 *
 * @param parameters of its networks, by part of the model folder
 * @param gflopPerPrediction arithmetic of its denoiser for one image at one step, in 10^9 operations
 * @param training of its denoiser
 * @param trainingMegabytes most resident memory while it was trained, or null where the system does not tell
 * @param secondsPerImage that drawing takes
 * @param drawingMegabytes most resident memory while it drew, likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmReport(
        Map<String, Long> parameters,
        double gflopPerPrediction,
        TrainingResult training,
        Double trainingMegabytes,
        double secondsPerImage,
        Double drawingMegabytes) {

    static ArmReport of(Arm contestant, Measured<TrainingResult> training, Measured<ArmSampling.Cost> drawn) {
        Map<String, Long> parameters = Inspection.of(contestant.run(), Optional.empty()).parts().stream()
                .collect(Collectors.toMap(PartReport::name, PartReport::parameters));
        return new ArmReport(
                parameters,
                drawn.result().gflopPerPrediction(),
                training.result(),
                training.peakMegabytes(),
                drawn.result().secondsPerImage(),
                drawn.peakMegabytes());
    }

    /** Images that training saw in a second. */
    @JsonProperty
    public double imagesPerSecond() {
        return training.images() / training.seconds();
    }
}
