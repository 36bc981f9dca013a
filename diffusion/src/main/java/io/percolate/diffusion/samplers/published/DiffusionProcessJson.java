package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.Prediction;
import io.percolate.files.JsonConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A {@link DiffusionProcess} as the keys of a scheduler config that describe the training. */
final class DiffusionProcessJson {

    private DiffusionProcessJson() {}

    static DiffusionProcess read(JsonConfig json) {
        int steps = json.integer("num_train_timesteps", 1000);
        return new DiffusionProcess(BetaScheduleJson.read(json), steps, readPrediction(json));
    }

    static Prediction readPrediction(JsonConfig json) {
        String name = json.string("prediction_type", Prediction.EPSILON.publishedName());
        return Arrays.stream(Prediction.values())
                .filter(prediction -> prediction.publishedName().equals(name))
                .findFirst()
                .orElseThrow(() -> Options.refused(
                        json,
                        "prediction_type",
                        name,
                        Arrays.stream(Prediction.values())
                                .map(Prediction::publishedName)
                                .collect(Collectors.joining(", "))));
    }

    static Map<String, Object> write(DiffusionProcess process) {
        Map<String, Object> values = new TreeMap<>(BetaScheduleJson.write(process.betas()));
        values.put("num_train_timesteps", process.trainSteps());
        values.put("prediction_type", process.prediction().publishedName());
        return values;
    }
}
