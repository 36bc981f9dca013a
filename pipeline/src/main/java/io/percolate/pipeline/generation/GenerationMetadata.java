package io.percolate.pipeline.generation;

import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.Lora;
import io.percolate.pipeline.model.Version;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the files of images say of how they were made; what was left at its default goes without saying. */
final class GenerationMetadata {

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final Settings settings;

    GenerationMetadata(DiffusionModel model, GenerationRequest request, Settings settings) {
        this.model = model;
        this.request = request;
        this.settings = settings;
    }

    /** The text of image number {@code image}. */
    ParameterText of(int image) {
        ParameterText text = ParameterText.of(prompt(image), negative(image))
                .with(ParameterText.STEPS, settings.steps())
                .with(ParameterText.SAMPLER, settings.sampler().kind())
                .with(ParameterText.GUIDANCE_SCALE, settings.guidance().scale())
                .with(ParameterText.SEED, settings.seeds(image, image + 1)[0])
                .with(ParameterText.SIZE, settings.size())
                .with(ParameterText.MODEL, model.defaults().name())
                .withIf(!model.loras().isEmpty(), ParameterText.LORAS, loras());
        text = withStart(withReading(withGuidance(withSampler(text))));
        return text.with(ParameterText.VERSION, "percolate " + Version.NUMBER);
    }

    /** Images of one prompt lie side by side. */
    private String prompt(int image) {
        return request.prompts().isEmpty() ? "" : request.prompts().get(image / request.count());
    }

    private String negative(int image) {
        if (request.negativePrompts().isEmpty()) {
            return "";
        }
        boolean one = request.negativePrompts().size() == 1;
        return request.negativePrompts().get(one ? 0 : image / request.count());
    }

    private String loras() {
        return model.loras().stream().map(Lora::toString).collect(Collectors.joining(", "));
    }

    private ParameterText withSampler(ParameterText text) {
        SamplerConfig sampler = settings.sampler();
        TimestepSchedule timestepSchedule = sampler.timestepSchedule();
        boolean placed = timestepSchedule.sigmas() != SigmaSpacing.TIMESTEPS;
        boolean spaced = timestepSchedule.spacing()
                != settings.usualSampler().timestepSchedule().spacing();
        double eta = sampler.sampler() instanceof Ddim ddim ? ddim.eta() : 0;
        return text.withIf(placed, ParameterText.SCHEDULE, capitalised(timestepSchedule.sigmas()))
                .withIf(spaced, ParameterText.SPACING, capitalised(timestepSchedule.spacing()))
                .withIf(eta > 0, ParameterText.ETA, eta);
    }

    private ParameterText withGuidance(ParameterText text) {
        Guidance guidance = settings.guidance();
        Guidance.Interval interval = guidance.interval();
        return text.withIf(guidance.rescale() > 0, ParameterText.GUIDANCE_RESCALE, guidance.rescale())
                .withIf(
                        !interval.equals(Guidance.Interval.ALWAYS),
                        ParameterText.GUIDANCE_INTERVAL,
                        interval.lowest() + "-" + interval.highest());
    }

    /** The usual tools count the layer that is taken, from the last, and not those left out. */
    private ParameterText withReading(ParameterText text) {
        int skipped = request.reading().clipSkip();
        boolean weighted = request.reading().syntax() == PromptSyntax.WEIGHTED;
        return text.withIf(skipped > 0, ParameterText.CLIP_SKIP, skipped + 1)
                .withIf(weighted, ParameterText.EMPHASIS, "Original");
    }

    private ParameterText withStart(ParameterText text) {
        return request.start().map(start -> with(start, text)).orElse(text);
    }

    private static ParameterText with(Start start, ParameterText text) {
        if (start instanceof Start.Image image) {
            return text.with(ParameterText.STRENGTH, image.strength());
        }
        if (start instanceof Start.Pixels image) {
            return text.with(ParameterText.STRENGTH, image.strength());
        }
        if (start instanceof Start.Latents image) {
            return text.with(ParameterText.STRENGTH, image.strength());
        }
        if (start instanceof Start.Inpainting image) {
            return text.with(ParameterText.STRENGTH, image.strength());
        }
        return start instanceof Start.Editing image ? text.with(ParameterText.LIKENESS, image.likeness()) : text;
    }

    private static String capitalised(Enum<?> choice) {
        return choice.name().charAt(0) + choice.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
