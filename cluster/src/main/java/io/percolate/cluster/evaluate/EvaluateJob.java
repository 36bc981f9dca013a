package io.percolate.cluster.evaluate;

import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.Held;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.pipeline.evaluation.ImagePart;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.evaluation.PartialEvaluation;
import io.percolate.pipeline.evaluation.SampleChunk;
import io.percolate.pipeline.evaluation.SamplePart;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.score.BoundReport;
import io.percolate.pipeline.score.Likelihood;
import io.percolate.pipeline.score.LikelihoodSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on a cluster.
 *
 * @param setup what is measured
 * @param timesteps that a bound is measured at; empty for all of the model's
 */
record EvaluateJob(EvaluateSetup setup, OptionalInt timesteps) {

    /** Images of a task: those of a batch. */
    private static final int CHUNK = 16;

    private static final Held<EvaluateSetup, DiffusionModel> MODEL =
            new Held<>(EvaluateJob::load, DiffusionModel::close);

    private static DiffusionModel load(EvaluateSetup setup) {
        return ModelLoader.load(setup.modelPath(), LoadOptions.DEFAULT);
    }

    /** Generates first, and then compares with every image of the data set. */
    Map<String, Measurement> measure(ClusterSession session) {
        EvaluateSetup measured = setup;
        SamplePart generated = session.tasks(sampleChunks())
                .map(chunk -> OpenEvaluation.held(measured).samples(chunk))
                .fold(SamplePart.none(), SamplePart::merge);
        Broadcast<SamplePart> sent = session.context().broadcast(generated);
        int images = measured.dataset().size();
        ImagePart parts = session.tasks(starts(images))
                .map(first ->
                        OpenEvaluation.held(measured).images(first, Math.min(images, first + CHUNK), sent.value()))
                .reduce(ImagePart::merge);
        return PartialEvaluation.report(generated, parts);
    }

    /** One task of each kind on this machine, with one inference step. */
    void rehearse() {
        try (OpenEvaluation here = new OpenEvaluation(setup.inOneStep())) {
            SamplePart generated =
                    here.parts().samples(here.parts().sampleChunks().get(0));
            here.parts().images(0, Math.min(CHUNK, setup.dataset().size()), generated);
        }
    }

    /** How many tasks there are of each kind. */
    Map<String, Object> partitions() {
        return Map.of(
                "partitions_of_generated_images",
                sampleChunks().size(),
                "partitions",
                starts(setup.dataset().size()).size());
    }

    private List<SampleChunk> sampleChunks() {
        try (OpenEvaluation here = new OpenEvaluation(setup)) {
            return here.parts().sampleChunks();
        }
    }

    /** The variational bound. */
    BoundReport bound(ClusterSession session) {
        EvaluateSetup measured = setup;
        int steps = timesteps.orElse(0);
        return session.tasks(starts(boundImages()))
                .map(first -> Likelihood.bound(
                        MODEL.get(measured), measured.dataset(), settings(measured, steps), first, first + CHUNK))
                .reduce(BoundReport.Part::merge)
                .whole();
    }

    /** One task of a bound on this machine, at one timestep. */
    void rehearseBound() {
        try (DiffusionModel model = load(setup)) {
            Likelihood.bound(model, setup.dataset(), settings(setup, 1), 0, CHUNK);
        }
    }

    /** How many tasks a bound has. */
    Map<String, Object> boundPartitions() {
        return Map.of("partitions", starts(boundImages()).size());
    }

    private int boundImages() {
        return Math.min(setup.images(), Likelihood.images(setup.dataset()).size());
    }

    /** @param timesteps 0 for all of them */
    private static LikelihoodSettings settings(EvaluateSetup setup, int timesteps) {
        return new LikelihoodSettings(
                setup.images(),
                timesteps == 0 ? Optional.empty() : Optional.of(timesteps),
                Variance.FIXED_LARGE,
                Optional.empty());
    }

    private static List<Integer> starts(int images) {
        return IntStream.iterate(0, first -> first < images, first -> first + CHUNK)
                .boxed()
                .toList();
    }
}
