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
 * What one arm is, and what it took.
 *
 * @param parameters of its networks, by part of the model folder
 * @param gflopPerPrediction arithmetic of its denoiser for one image at one step, in 10^9 operations
 * @param training of its denoiser
 * @param trainingMegabytes most resident memory while it was trained, or null where the system does not tell
 * @param secondsPerImage to generate one, from prompt to pixels
 * @param generationMegabytes most resident memory while it generated images, likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmReport(
        Map<String, Long> parameters,
        double gflopPerPrediction,
        TrainingResult training,
        Double trainingMegabytes,
        double secondsPerImage,
        Double generationMegabytes) {

    static ArmReport of(Arm arm, Measured<TrainingResult> training, Measured<ArmSampling.Cost> sampling) {
        Map<String, Long> parameters = Inspection.of(arm.run(), Optional.empty()).parts().stream()
                .collect(Collectors.toMap(PartReport::name, PartReport::parameters));
        return new ArmReport(
                parameters,
                sampling.result().gflopPerPrediction(),
                training.result(),
                training.peakMegabytes(),
                sampling.result().secondsPerImage(),
                sampling.peakMegabytes());
    }

    /** Images that training saw in a second. */
    @JsonProperty
    public double imagesPerSecond() {
        return training.images() / training.seconds();
    }
}
