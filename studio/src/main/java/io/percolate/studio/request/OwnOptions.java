package io.percolate.studio.request;

import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.files.JsonConfig;

/** The options of a generation under Percolate's own names, which are additions where another interface lacks them. */
public final class OwnOptions {

    private OwnOptions() {}

    /** Reads those that are there: {@code negative_prompt}, {@code seed}, {@code steps}, {@code guidance_scale}, {@code sampler}. */
    public static void read(JsonConfig json, LimitedRequest request) {
        if (!json.isNull("negative_prompt")) {
            request.negativePrompt(json.string("negative_prompt"));
        }
        if (!json.isNull("seed")) {
            request.seed(json.longInteger("seed"));
        }
        if (!json.isNull("steps")) {
            request.steps(json.integer("steps"));
        }
        if (!json.isNull("guidance_scale")) {
            request.guidanceScale(json.number("guidance_scale"));
        }
        if (!json.isNull("sampler")) {
            request.sampler(SamplerKind.named(json.string("sampler")));
        }
    }
}
