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
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on a cluster.
 *
 * @param session where
 * @param setup what
 */
record EvaluateJob(ClusterSession session, EvaluateSetup setup) {

    /** Images of a task: those of a batch. */
    private static final int CHUNK = 16;

    private static final Held<EvaluateSetup, DiffusionModel> MODEL =
            new Held<>(EvaluateJob::load, DiffusionModel::close);

    private static DiffusionModel load(EvaluateSetup setup) {
        return ModelLoader.load(setup.modelPath(), LoadOptions.DEFAULT);
    }

    /** Generates first, and then compares with every image of the data set. */
    Map<String, Measurement> measure() {
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

    private List<SampleChunk> sampleChunks() {
        try (OpenEvaluation here = new OpenEvaluation(setup)) {
            return here.parts().sampleChunks();
        }
    }

    /** The variational bound, of so many timesteps. */
    BoundReport bound(Optional<Integer> timesteps) {
        EvaluateSetup measured = setup;
        int steps = timesteps.orElse(0);
        return session.tasks(starts(Math.min(
                        setup.images(), Likelihood.images(setup.dataset()).size())))
                .map(first -> Likelihood.bound(
                        MODEL.get(measured), measured.dataset(), settings(measured, steps), first, first + CHUNK))
                .reduce(BoundReport.Part::merge)
                .whole();
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
