package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;

/** What a fine-tuning trains: the section of its recipe that tells one kind from another. */
public sealed interface AdaptationPlan permits LoraPlan, EmbeddingPlan, WholePlan, ControlNetPlan, ConsistencyPlan {

    /** The name of the section. */
    String section();

    /** What it writes into the run folder, which itself is meant by the empty name. */
    default String file() {
        return "";
    }

    /** All of it, as that section. */
    Map<String, Object> values();

    /** The plan in {@code section}. */
    AdaptationPlan read(JsonConfig section);

    /** The captions of {@code entry}, as they are trained on. */
    default ImageEntry captioned(ImageEntry entry) {
        return entry;
    }

    /** Fails if it cannot be trained as {@code plan} and {@code loss} say. */
    default void check(TrainingPlan plan, LossRecipe loss) {}

    /** Whether it changes the text encoders, which must then stay in memory. */
    boolean trainsText();

    /** How the base is opened for it. */
    default LoadOptions opening(LoadOptions options, BaseSource source, Path run) {
        return options;
    }

    /**
     * Gets ready to train.
     *
     * @param base its networks are frozen
     * @param facts what the written file tells of the training
     */
    Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts);
}
