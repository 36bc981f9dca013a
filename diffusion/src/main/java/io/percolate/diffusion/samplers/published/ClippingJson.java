package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.Clipping;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link Clipping} as {@code clip_sample}, {@code thresholding} and their numbers. */
final class ClippingJson {

    private static final String CLIP = "clip_sample";
    private static final String LIMIT = "clip_sample_range";
    private static final String THRESHOLDING = "thresholding";
    private static final String RATIO = "dynamic_thresholding_ratio";
    private static final String LARGEST = "sample_max_value";

    private ClippingJson() {}

    /** If both are asked for, thresholding goes first. */
    static Clipping read(JsonConfig json) {
        double limit = json.number(LIMIT, 1);
        double ratio = json.number(RATIO, 0.995);
        double largest = json.number(LARGEST, 1);
        boolean clip = json.flag(CLIP, false);
        if (json.flag(THRESHOLDING, false)) {
            return new Clipping.Dynamic(ratio, largest);
        }
        return clip ? new Clipping.Clipped(limit) : new Clipping.Unlimited();
    }

    static Map<String, Object> write(Clipping clipping) {
        if (clipping instanceof Clipping.Dynamic dynamic) {
            return Map.of(THRESHOLDING, true, RATIO, dynamic.ratio(), LARGEST, dynamic.largest());
        }
        return clipping instanceof Clipping.Clipped clipped
                ? Map.of(CLIP, true, LIMIT, clipped.limit())
                : Map.of(CLIP, false);
    }
}
