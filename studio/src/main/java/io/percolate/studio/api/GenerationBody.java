package io.percolate.studio.api;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.studio.request.ControlOptions;
import io.percolate.studio.request.LimitedRequest;
import io.percolate.studio.request.Limits;
import io.percolate.studio.request.OwnOptions;
import io.percolate.studio.request.Upload;
import io.percolate.studio.work.ModelChoice;
import java.util.List;
import java.util.Map;

/**
 * The body of {@code POST /api/generate}.
 *
 * @param model what generates
 * @param request what is asked for
 * @param previews whether to send what the images are predicted to become
 * @param gallery whether the images stay
 */
record GenerationBody(ModelChoice model, GenerationRequest request, boolean previews, boolean gallery) {

    /** Reads it; a key that there is not is refused. */
    static GenerationBody read(JsonConfig json, Limits limits, String firstModel) {
        LimitedRequest request = new LimitedRequest(limits, json.string("prompt", ""));
        OwnOptions.read(json, request);
        readFlags(json, request);
        readImages(json, request);
        Upload upload = new Upload(limits);
        readChanges(json, request, upload);
        List<String> controlNets = ControlOptions.read(json, request, upload);
        GenerationBody body = new GenerationBody(
                model(json, firstModel, controlNets),
                request.build(),
                json.flag("previews", true),
                json.flag("gallery", false));
        json.refuseUnread(Map.of());
        return body;
    }

    private static ModelChoice model(JsonConfig json, String firstModel, List<String> controlNets) {
        List<ModelChoice.LoraChoice> loras = json.section("loras").stream()
                .flatMap(section -> section.values().keySet().stream()
                        .map(name -> new ModelChoice.LoraChoice(name, section.number(name))))
                .toList();
        return new ModelChoice(json.string("model", firstModel), loras, controlNets);
    }

    private static void readFlags(JsonConfig json, LimitedRequest request) {
        if (json.flag("karras", false)) {
            request.karras();
        }
        if (json.flag("weighted", false)) {
            request.weighted();
        }
    }

    private static void readImages(JsonConfig json, LimitedRequest request) {
        if (!json.isNull("width") || !json.isNull("height")) {
            request.size(json.integer("width"), json.integer("height"));
        }
        request.count(json.integer("count", 1));
    }

    private static void readChanges(JsonConfig json, LimitedRequest request, Upload upload) {
        if (!json.isNull("init_image")) {
            request.initImage(upload.image(json.string("init_image")));
        }
        if (!json.isNull("mask")) {
            request.mask(upload.mask(json.string("mask")));
        }
        if (!json.isNull("strength")) {
            request.strength(json.number("strength"));
        }
    }
}
