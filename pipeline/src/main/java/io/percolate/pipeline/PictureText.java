package io.percolate.pipeline;

import io.percolate.conditioning.Guidance;
import io.percolate.conditioning.PromptSyntax;
import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.samplers.Placement;
import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.diffusion.samplers.SigmaSpacing;
import io.percolate.pipeline.images.GenerationText;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the files of pictures say of how they were made; what was left at its default goes without saying. */
final class PictureText {

    private final DiffusionModel model;
    private final GenerationRequest request;
    private final Settings settings;

    PictureText(DiffusionModel model, GenerationRequest request, Settings settings) {
        this.model = model;
        this.request = request;
        this.settings = settings;
    }

    /** The text of picture number {@code picture}. */
    GenerationText of(int picture) {
        GenerationText text = GenerationText.of(prompt(picture), negative(picture))
                .with(GenerationText.STEPS, settings.steps())
                .with(GenerationText.SAMPLER, settings.sampler().kind())
                .with(GenerationText.GUIDANCE_SCALE, settings.guidance().scale())
                .with(GenerationText.SEED, settings.seeds(picture, picture + 1)[0])
                .with(GenerationText.SIZE, settings.size())
                .with(GenerationText.MODEL, model.defaults().name())
                .withIf(!model.loras().isEmpty(), GenerationText.LORAS, loras());
        text = withStart(withReading(withGuidance(withSampler(text))));
        return text.with(GenerationText.VERSION, "percolate " + Version.NUMBER);
    }

    /** Pictures of one prompt lie side by side. */
    private String prompt(int picture) {
        return request.prompts().isEmpty() ? "" : request.prompts().get(picture / request.count());
    }

    private String negative(int picture) {
        if (request.negativePrompts().isEmpty()) {
            return "";
        }
        boolean one = request.negativePrompts().size() == 1;
        return request.negativePrompts().get(one ? 0 : picture / request.count());
    }

    private String loras() {
        return model.loras().stream().map(Lora::toString).collect(Collectors.joining(", "));
    }

    private GenerationText withSampler(GenerationText text) {
        SamplerConfig sampler = settings.sampler();
        Placement placement = sampler.placement();
        boolean placed = placement.sigmas() != SigmaSpacing.TIMESTEPS;
        boolean spaced =
                placement.spacing() != settings.usualSampler().placement().spacing();
        double eta = sampler.sampler() instanceof Ddim ddim ? ddim.eta() : 0;
        return text.withIf(placed, GenerationText.SCHEDULE, capitalised(placement.sigmas()))
                .withIf(spaced, GenerationText.SPACING, capitalised(placement.spacing()))
                .withIf(eta > 0, GenerationText.ETA, eta);
    }

    private GenerationText withGuidance(GenerationText text) {
        Guidance guidance = settings.guidance();
        Guidance.Interval interval = guidance.interval();
        return text.withIf(guidance.rescale() > 0, GenerationText.GUIDANCE_RESCALE, guidance.rescale())
                .withIf(
                        !interval.equals(Guidance.Interval.ALWAYS),
                        GenerationText.GUIDANCE_INTERVAL,
                        interval.lowest() + "-" + interval.highest());
    }

    /** The usual tools count the layer that is taken, from the last, and not those left out. */
    private GenerationText withReading(GenerationText text) {
        int skipped = request.reading().clipSkip();
        boolean weighted = request.reading().syntax() == PromptSyntax.WEIGHTED;
        return text.withIf(skipped > 0, GenerationText.CLIP_SKIP, skipped + 1)
                .withIf(weighted, GenerationText.EMPHASIS, "Original");
    }

    private GenerationText withStart(GenerationText text) {
        return request.start().map(start -> with(start, text)).orElse(text);
    }

    private static GenerationText with(Start start, GenerationText text) {
        if (start instanceof Start.Picture picture) {
            return text.with(GenerationText.STRENGTH, picture.strength());
        }
        if (start instanceof Start.Pixels picture) {
            return text.with(GenerationText.STRENGTH, picture.strength());
        }
        if (start instanceof Start.Latents picture) {
            return text.with(GenerationText.STRENGTH, picture.strength());
        }
        if (start instanceof Start.Inpainting picture) {
            return text.with(GenerationText.STRENGTH, picture.strength());
        }
        return start instanceof Start.Editing picture ? text.with(GenerationText.LIKENESS, picture.likeness()) : text;
    }

    private static String capitalised(Enum<?> choice) {
        return choice.name().charAt(0) + choice.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
