package io.percolate.pipeline.training.tuning;

import io.percolate.pipeline.model.Conversion;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model to fine-tune.
 *
 * @param path a folder in the layout of diffusers, a single file, or the folder of a model that was trained here
 * @param configs a folder with the configs of a single file of unusual size
 */
public record BaseSource(Path path, Optional<Path> configs) {

    /** One whose files tell its size. */
    public static BaseSource of(Path path) {
        return new BaseSource(path, Optional.empty());
    }

    LoadOptions options(TrainingPlan plan) {
        LoadOptions options =
                LoadOptions.DEFAULT.withGradients().withDevice(plan.device()).withPrecision(plan.precision());
        return configs.map(options::withConfigs).orElse(options);
    }

    /** Everything of the model as a folder in the layout of diffusers. */
    private Conversion conversion() {
        Conversion conversion = Conversion.of(path);
        return configs.map(conversion::withConfigs).orElse(conversion);
    }

    /** Writes all of the model into {@code folder}, unless it is there. */
    void writeOnce(Path folder) {
        if (!Files.exists(folder.resolve("model_index.json"))) {
            conversion().to(folder);
        }
    }

    /** What the model is called. */
    String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
