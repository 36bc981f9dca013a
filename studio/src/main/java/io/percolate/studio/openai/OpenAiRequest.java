package io.percolate.studio.openai;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.studio.request.LimitedRequest;
import io.percolate.studio.request.Limits;
import io.percolate.studio.request.OwnOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenAI's clients ask for. Options of their models that mean nothing here are passed over; {@code seed}, {@code
 * steps}, {@code guidance_scale}, {@code sampler} and {@code negative_prompt} are additions.
 *
 * @param model the name that was given
 * @param request what is asked for
 * @param byAddress whether the answer has addresses of images in place of the images
 */
record OpenAiRequest(String model, GenerationRequest request, boolean byAddress) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    static OpenAiRequest read(JsonConfig json, Limits limits, String firstModel) {
        LimitedRequest request = new LimitedRequest(limits, json.string("prompt"));
        request.count(json.integer("n", 1));
        OwnOptions.read(json, request);
        readSize(json.string("size", "auto"), request);
        return new OpenAiRequest(
                model(json.string("model", firstModel), firstModel),
                request.build(),
                isByAddress(json.string("response_format", "url")));
    }

    /** The names of OpenAI's own models, which some clients send whatever the server, stand for the first one. */
    static String model(String name, String firstModel) {
        return name.matches("dall-e-.*|gpt-image-.*") ? firstModel : name;
    }

    static boolean isByAddress(String format) {
        if (!format.equals("url") && !format.equals("b64_json")) {
            throw new IllegalArgumentException("response_format must be url or b64_json");
        }
        return format.equals("url");
    }

    static void readSize(String text, LimitedRequest request) {
        if (text.equals("auto")) {
            return;
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("size must be auto, or width and height such as 512x512");
        }
        request.size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }
}
