package io.percolate.studio.automatic;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.control.Control;
import io.percolate.studio.request.ControlOptions;
import io.percolate.studio.request.LimitedRequest;
import io.percolate.studio.request.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The units of AUTOMATIC1111's ControlNet extension: the list {@code alwayson_scripts.controlnet.args} of a request. */
final class AutomaticControls {

    private AutomaticControls() {}

    /**
     * Reads the units that are enabled; what steers only there is passed over.
     *
     * @return the names of their ControlNets, in the order of the images
     */
    static List<String> read(JsonConfig json, LimitedRequest request, Upload upload) {
        List<String> names = new ArrayList<>();
        for (JsonConfig unit : units(json)) {
            if (unit.flag("enabled", true)) {
                names.add(unit.string("model", "").replaceFirst(" \\[[0-9a-f]+]$", ""));
                request.control(control(unit, upload));
            }
        }
        return names;
    }

    private static List<JsonConfig> units(JsonConfig json) {
        return json.section("alwayson_scripts")
                .flatMap(scripts -> scripts.section("controlnet"))
                .map(script -> script.sections("args"))
                .orElse(List.of());
    }

    private static Control control(JsonConfig unit, Upload upload) {
        return Control.of(upload.image(image(unit)), ControlOptions.preprocessor(unit.string("module", "none")))
                .withScale(unit.number("weight", 1))
                .during(unit.number("guidance_start", 0), unit.number("guidance_end", 1));
    }

    /** As text, or in an object beside a mask, as its page sends it. */
    private static String image(JsonConfig unit) {
        Object given = unit.values().get("image");
        return Optional.of(given instanceof String text ? text : unit.string("input_image", ""))
                .filter(text -> !text.isEmpty())
                .or(() -> unit.section("image").map(object -> object.string("image")))
                .orElseThrow(() -> new IllegalArgumentException("a ControlNet unit has no image: send one"));
    }
}
