package io.percolate.studio.gallery;

import io.percolate.pipeline.images.ParameterText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image of the gallery.
 *
 * @param id its name there
 * @param text how it was made
 */
public record GalleryImage(String id, ParameterText text) {

    /** What clients are told of it. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("url", "/api/gallery/" + id + ".png");
        values.put("prompt", text.prompt());
        values.put("negative_prompt", text.negativePrompt());
        values.put("settings", text.settings());
        values.put("parameters", text.format());
        return values;
    }
}
