package io.percolate.cluster.evaluate;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.evaluation.features.FeatureChoice;
import io.percolate.weights.EmbeddedModel;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a process needs to measure a part; every machine sees the paths.
 *
 * @param model folder or file; empty for the embedded model
 * @param data the folder of images
 * @param images to generate at most, or to measure the likelihood of
 * @param steps of inference; null for what is usual for the model
 * @param features TorchScript file of a feature network; empty for none
 */
record EvaluateSetup(String model, String data, int images, @Nullable Integer steps, String features)
        implements Serializable {

    Path modelPath() {
        return model.isEmpty() ? EmbeddedModel.folder() : Path.of(model);
    }

    ImageDataset dataset() {
        return ImageDataset.open(Path.of(data));
    }

    SampleBudget budget(Pipeline pipeline) {
        return SampleBudget.of(images, steps, pipeline.defaults().steps());
    }

    Optional<FeatureChoice> featureChoice() {
        return features.isEmpty() ? Optional.empty() : Optional.of(new FeatureChoice.File(Path.of(features)));
    }

    /** The same with images that take as little time as they can. */
    EvaluateSetup inOneStep() {
        return new EvaluateSetup(model, data, images, 1, features);
    }
}
