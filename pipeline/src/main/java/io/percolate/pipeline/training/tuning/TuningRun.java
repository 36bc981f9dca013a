package io.percolate.pipeline.training.tuning;

import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.Json;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.training.conditioning.FrozenCaptions;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a fine-tuning finds and leaves things.
 *
 * @param source the model to begin with
 * @param folder the run folder
 */
public record TuningRun(BaseSource source, Path folder) {

    private static final String BASE = "base.json";

    /** Opens a task that closes what it opened. */
    TuningTask open(TuningRecipe recipe, TuningData data, TrainingListener listener) {
        BaseModel base = base(recipe, data);
        try {
            return new TuningTask(recipe, this, base, data, listener);
        } catch (RuntimeException | Error e) {
            base.close();
            throw e;
        }
    }

    /** What does not change is in memory while it is needed: captions are read and images encoded once. */
    private BaseModel base(TuningRecipe recipe, TuningData data) {
        TrainingPlan plan = recipe.plan();
        boolean resident = recipe.adaptation().trainsText() || data.captions().size() > FrozenCaptions.MOST;
        LoadOptions usual = source.options(plan);
        LoadOptions options = recipe.adaptation().opening(resident ? usual : usual.withOffload(), source, folder);
        BaseModel base = BaseModel.open(source, options, plan.precision());
        if (plan.compute().gradientCheckpointing()) {
            base.keepAsRead();
        }
        return base;
    }

    /**
     * Notes what the run began with.
     *
     * @param resume whether it goes on
     * @throws IllegalArgumentException if that was another model
     */
    void noteBase(BaseModel base, boolean resume) {
        Path file = folder.resolve(BASE);
        Map<String, Object> shape = Map.of(
                "family",
                base.family(),
                "unet",
                UNetJson.write(base.unet().config()).values());
        if (resume && Files.exists(file)) {
            JsonConfig before = JsonConfig.read(file);
            if (!before.values()
                    .equals(JsonConfig.parse(BASE, Json.pretty(shape)).values())) {
                throw new IllegalArgumentException(
                        "the run in %s began with %s, and %s is %s: resume with the model that it began with"
                                .formatted(folder, before.string("family"), source.path(), base.family()));
            }
        }
        JsonConfig.of(shape).write(file);
    }
}
