package io.percolate.pipeline.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood by the probability flow (Song et al. 2021, section 4.3), per dimension.
 *
 * @param value of data with the little noise of timestep 0
 * @param probeError what the random probes leave open of it, as a standard error; null with one probe
 * @param probes of each image
 * @param evaluations of the denoiser for each image, on average
 * @param tolerance of the solver
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlowReport(Mean value, @Nullable Double probeError, int probes, double evaluations, double tolerance) {}
