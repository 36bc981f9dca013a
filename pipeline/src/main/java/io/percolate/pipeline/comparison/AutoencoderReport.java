package io.percolate.pipeline.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.percolate.pipeline.comparison.Stages.Measured;
import io.percolate.pipeline.training.session.TrainingResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the way to the latents took.
 *
 * @param folder of the autoencoder
 * @param training of it, or null if it was given
 * @param trainingMegabytes most resident memory while it was trained, or null
 * @param encodingSeconds that it took to encode every image once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoencoderReport(
        String folder, TrainingResult training, Double trainingMegabytes, double encodingSeconds) {

    static AutoencoderReport of(Path folder, Optional<Measured<TrainingResult>> training, double encodingSeconds) {
        return new AutoencoderReport(
                folder.toString(),
                training.map(Measured::result).orElse(null),
                training.map(Measured::peakMegabytes).orElse(null),
                encodingSeconds);
    }
}
