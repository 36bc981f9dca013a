package io.percolate.cluster.evaluate;

import ai.djl.ndarray.NDManager;
import io.percolate.cluster.session.Held;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.PartialEvaluation;
import io.percolate.pipeline.evaluation.features.ImageFeatures;
import java.util.Optional;

/** A model, a feature network and a data set, ready to measure parts. */
final class OpenEvaluation implements AutoCloseable {

    private static final Held<EvaluateSetup, OpenEvaluation> HELD =
            new Held<>(OpenEvaluation::new, OpenEvaluation::close);

    private final Pipeline pipeline;
    private final NDManager manager;
    private final Optional<ImageFeatures> features;
    private final PartialEvaluation parts;

    OpenEvaluation(EvaluateSetup setup) {
        pipeline = Pipeline.load(setup.modelPath());
        manager = TorchEngine.newManager(pipeline.device());
        ImageDataset dataset = setup.dataset();
        features = setup.featureChoice()
                .map(choice -> choice.open(dataset, pipeline.defaults().width(), manager));
        parts = new PartialEvaluation(pipeline, dataset, setup.budget(pipeline), features, manager);
    }

    /** The parts of {@code setup} in a process that keeps them. */
    static PartialEvaluation held(EvaluateSetup setup) {
        return HELD.get(setup).parts;
    }

    PartialEvaluation parts() {
        return parts;
    }

    @Override
    public void close() {
        features.ifPresent(ImageFeatures::close);
        manager.close();
        pipeline.close();
    }
}
