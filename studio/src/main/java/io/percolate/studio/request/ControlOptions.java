package io.percolate.studio.request;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.control.Preprocessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** ControlNets by their names, and what each is shown, in Percolate's own form: {@code {"edges": {"image": ...}}}. */
public final class ControlOptions {

    private ControlOptions() {}

    /**
     * Reads {@code image}, {@code preprocessor}, {@code scale}, {@code start} and {@code end} of each ControlNet in the
     * object {@code controls}.
     *
     * @return the names, in the order of the images
     */
    public static List<String> read(JsonConfig json, LimitedRequest request, Upload upload) {
        List<String> names = new ArrayList<>();
        json.section("controls").ifPresent(all -> all.values().keySet().forEach(name -> {
            names.add(name);
            request.control(all.section(name)
                    .map(options -> control(options, upload))
                    .orElseThrow(() -> new IllegalArgumentException("controls: " + name + " has no image: send one")));
        }));
        return names;
    }

    private static Control control(JsonConfig json, Upload upload) {
        Control control = Control.of(
                        upload.image(json.string("image")), preprocessor(json.string("preprocessor", "none")))
                .withScale(json.number("scale", 1))
                .during(json.number("start", 0), json.number("end", 1));
        json.refuseUnread(Map.of());
        return control;
    }

    /** The preprocessor of this name on the command line. */
    public static Preprocessor preprocessor(String name) {
        return Arrays.stream(Preprocessor.values())
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no preprocessor of this name, choose one of: " + String.join(", ", preprocessors())));
    }

    /** The names of all preprocessors. */
    public static List<String> preprocessors() {
        return Arrays.stream(Preprocessor.values())
                .map(known -> known.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
