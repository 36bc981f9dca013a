package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.Sampler;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.diffusion.steps.TimestepSpacing;
import java.util.Map;

/**
 * A model's noise process and the sampler that runs it back: what {@code scheduler_config.json} holds.
 *
 * @param kind which sampler
 * @param sampler the sampler with its options
 * @param process what the network was trained on
 * @param clipping the range that clean images are kept in
 * @param timestepSchedule where the steps are
 */
public record SamplerConfig(
        SamplerKind kind,
        Sampler sampler,
        DiffusionProcess process,
        Clipping clipping,
        TimestepSchedule timestepSchedule) {

    /** The sampler {@code kind} with its default options, for latents. */
    public static SamplerConfig of(SamplerKind kind, DiffusionProcess process) {
        return new SamplerConfig(
                kind,
                kind.sampler(process, Map.of()),
                process,
                new Clipping.Unlimited(),
                kind.defaultTimestepSchedule());
    }

    /**
     * The same process under another sampler.
     *
     * <p>What this config says is kept where it differs from the default of its sampler, all but the order, which
     * belongs to the sampler. Options that the other's class in diffusers does not have are dropped, and solvers that
     * it does not have become its default one, as in diffusers.
     */
    public SamplerConfig with(SamplerKind other) {
        return other == kind ? this : new SamplerChange(this, other).config();
    }

    /** The same with another spacing of timesteps. */
    public SamplerConfig with(TimestepSpacing spacing) {
        if (!kind.choosesTimesteps()) {
            throw new IllegalArgumentException(kind + " has timesteps of its own: leave the spacing out");
        }
        return with(timestepSchedule.withSpacing(spacing));
    }

    /** The same with another spacing of sigmas. */
    public SamplerConfig with(SigmaSpacing sigmas) {
        if (!kind.choosesSigmas() && sigmas != SigmaSpacing.TIMESTEPS) {
            throw new IllegalArgumentException(
                    kind + " has noise levels of its own and cannot take " + Options.name(sigmas) + " sigmas");
        }
        return with(timestepSchedule.withSigmas(sigmas));
    }

    /** The same with a sampler of other options. */
    public SamplerConfig with(Sampler other) {
        return new SamplerConfig(kind, other, process, clipping, timestepSchedule);
    }

    /** The same with clean images kept in another range. */
    public SamplerConfig with(Clipping other) {
        return new SamplerConfig(kind, sampler, process, other, timestepSchedule);
    }

    /** The same for a network that predicts another quantity; the sampler has the options that a config holds. */
    public SamplerConfig with(Prediction prediction) {
        DiffusionProcess other = process.withPrediction(prediction);
        return new SamplerConfig(kind, kind.sampler(other, kind.options(sampler)), other, clipping, timestepSchedule);
    }

    private SamplerConfig with(TimestepSchedule other) {
        return new SamplerConfig(kind, sampler, process, clipping, other);
    }

    /** The noise levels to sample at. */
    public SigmaSchedule sigmaSchedule() {
        return new SigmaSchedule(process.schedule(), timestepSchedule);
    }

    /** {@code network} as samplers take it: its output read as it was trained, clean images kept in range. */
    public DenoisedPredictor predictor(Denoiser network) {
        return clipping.apply(process.prediction().predictor(network));
    }
}
