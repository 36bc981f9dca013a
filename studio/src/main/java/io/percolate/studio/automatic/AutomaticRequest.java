package io.percolate.studio.automatic;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.studio.request.LimitedRequest;
import io.percolate.studio.request.Limits;
import io.percolate.studio.request.Upload;
import io.percolate.studio.work.ModelChoice;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What AUTOMATIC1111's clients ask for; options that mean nothing here are passed over.
 *
 * @param model what generates
 * @param request what is asked for
 */
record AutomaticRequest(ModelChoice model, GenerationRequest request) {

    private static final double USUAL_STRENGTH = 0.75;

    /** Reads a body of {@code txt2img}, or of {@code img2img} if it has images. */
    static AutomaticRequest read(JsonConfig json, Limits limits, String model) {
        PromptLoras prompt = PromptLoras.of(json.string("prompt", ""));
        LimitedRequest request = new LimitedRequest(limits, prompt.text());
        request.weighted();
        readSampling(json, request);
        readImages(json, request);
        Upload upload = new Upload(limits);
        readChanges(json, request, upload);
        List<String> controlNets = AutomaticControls.read(json, request, upload);
        String chosen = json.section("override_settings")
                .map(settings -> settings.string("sd_model_checkpoint", model))
                .orElse(model);
        return new AutomaticRequest(new ModelChoice(chosen, prompt.loras(), controlNets), request.build());
    }

    private static void readSampling(JsonConfig json, LimitedRequest request) {
        request.negativePrompt(json.string("negative_prompt", ""));
        if (!json.isNull("steps")) {
            request.steps(json.integer("steps"));
        }
        if (!json.isNull("cfg_scale")) {
            request.guidanceScale(json.number("cfg_scale"));
        }
        boolean karras = "karras".equals(json.string("scheduler", "").toLowerCase(Locale.ROOT));
        Optional<SamplerLabel> sampler = Optional.of(json.string("sampler_name", json.string("sampler_index", "")))
                .filter(name -> !name.isEmpty() && !name.equalsIgnoreCase("automatic"))
                .map(SamplerLabel::named);
        sampler.ifPresent(label -> request.sampler(label.kind()));
        if (karras || sampler.filter(SamplerLabel::karras).isPresent()) {
            request.karras();
        }
    }

    private static void readImages(JsonConfig json, LimitedRequest request) {
        if (!json.isNull("width") || !json.isNull("height")) {
            request.size(json.integer("width"), json.integer("height"));
        }
        long seed = json.isNull("seed") ? -1 : json.longInteger("seed");
        if (seed >= 0) {
            request.seed(seed);
        }
        long count = (long) json.integer("batch_size", 1) * json.integer("n_iter", 1);
        request.count((int) Math.max(0, Math.min(Integer.MAX_VALUE, count)));
    }

    private static void readChanges(JsonConfig json, LimitedRequest request, Upload upload) {
        List<String> images = json.strings("init_images", List.of());
        if (images.isEmpty()) {
            return;
        }
        request.initImage(upload.image(images.get(0)));
        request.strength(json.number("denoising_strength", USUAL_STRENGTH));
        if (!json.isNull("mask")) {
            BufferedImage mask = upload.mask(json.string("mask"));
            boolean inverse = json.integer("inpainting_mask_invert", 0) == 1;
            request.mask(inverse ? Upload.inverse(mask) : mask);
        }
    }
}
