package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.percolate.pipeline.training.session.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * What the way to the latents took.
 *
 * @param folder of the autoencoder
 * @param training of it, or null if it was given
 * @param trainingMegabytes most resident memory while it was trained, or null
 * @param encodingSeconds that it took to encode every image once
 * @param reconstructions quality of the images held out when they are encoded and decoded: nothing generated in its
 *     latents can be expected to come nearer
 * @param prior quality of what it decodes from standard normal latents: a variational autoencoder as a generator
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoencoderReport(
        String folder,
        @Nullable TrainingResult training,
        @Nullable Double trainingMegabytes,
        double encodingSeconds,
        ImageQuality reconstructions,
        ImageQuality prior) {}
