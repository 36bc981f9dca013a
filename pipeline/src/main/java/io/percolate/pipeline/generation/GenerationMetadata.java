package io.percolate.pipeline.generation;

import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.diffusion.samplers.EtaSampler;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.Lora;
import io.percolate.pipeline.model.Version;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the images of a request were made, as their files say it; what has its default value is left out. */
record GenerationMetadata(ResolvedRequest request) {

    /** The text of image number {@code image}. */
    ParameterText of(int image) {
        DiffusionModel model = request.model();
        ParameterText text = ParameterText.of(request.prompt(image), request.negativePrompt(image))
                .with(ParameterText.STEPS, request.steps())
                .with(ParameterText.SAMPLER, request.sampler().kind())
                .with(ParameterText.GUIDANCE_SCALE, request.guidance().scale())
                .with(ParameterText.SEED, request.seeds(image, image + 1)[0])
                .with(ParameterText.SIZE, request.size())
                .with(ParameterText.MODEL, model.defaults().name())
                .withIf(!model.loras().isEmpty(), ParameterText.LORAS, loras())
                .withIf(!model.controlNets().isEmpty(), ParameterText.CONTROL_NETS, request.controls());
        text = request.request().task().describe(withPromptOptions(withGuidance(withSampler(text))));
        return text.with(ParameterText.VERSION, "percolate " + Version.NUMBER);
    }

    private String loras() {
        return request.model().loras().stream().map(Lora::toString).collect(Collectors.joining(", "));
    }

    private ParameterText withSampler(ParameterText text) {
        SamplerConfig sampler = request.sampler();
        SamplerConfig usual =
                request.request().sampling().sampler().sampler(request.model().sampler());
        TimestepSchedule schedule = sampler.timestepSchedule();
        boolean sigmas = schedule.sigmas() != SigmaSpacing.TIMESTEPS;
        boolean spacing = schedule.spacing() != usual.timestepSchedule().spacing();
        double eta = sampler.sampler() instanceof EtaSampler noisy ? noisy.eta() : 0;
        return text.withIf(sigmas, ParameterText.SCHEDULE, capitalised(schedule.sigmas()))
                .withIf(spacing, ParameterText.SPACING, capitalised(schedule.spacing()))
                .withIf(eta > 0, ParameterText.ETA, eta);
    }

    private ParameterText withGuidance(ParameterText text) {
        Guidance guidance = request.guidance();
        Guidance.Interval interval = guidance.interval();
        return text.withIf(guidance.rescale() > 0, ParameterText.GUIDANCE_RESCALE, guidance.rescale())
                .withIf(
                        !interval.equals(Guidance.Interval.ALWAYS),
                        ParameterText.GUIDANCE_INTERVAL,
                        interval.lowest() + "-" + interval.highest());
    }

    /** Other tools count the layer that is taken, from the last, and not those left out. */
    private ParameterText withPromptOptions(ParameterText text) {
        int skipped = request.prompts().clipSkip();
        boolean weighted = request.prompts().syntax() == PromptSyntax.WEIGHTED;
        return text.withIf(skipped > 0, ParameterText.CLIP_SKIP, skipped + 1)
                .withIf(weighted, ParameterText.EMPHASIS, "Original");
    }

    private static String capitalised(Enum<?> choice) {
        return choice.name().charAt(0) + choice.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
