package io.percolate.pipeline.evaluation.edges;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.control.edges.Canny;
import io.percolate.pipeline.control.edges.EdgeMap;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures whether a model with a ControlNet for edges follows those of real images: image i has seed i. */
public final class EdgeEvaluation {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeEvaluation.class);
    private static final long SEED = 0;

    private final Pipeline pipeline;
    private final SampleBudget budget;
    private final ImageTransform transform;
    private double controlled;
    private double uncontrolled;

    private EdgeEvaluation(Pipeline pipeline, SampleBudget budget) {
        this.pipeline = pipeline;
        this.budget = budget;
        transform = ImageTransform.square(pipeline.defaults().width());
    }

    /**
     * Generates images for captions of {@code dataset} under the edges of their images: held-out ones if it has any.
     *
     * @param pipeline with one ControlNet
     */
    public static EdgeAgreement of(Pipeline pipeline, ImageDataset dataset, SampleBudget budget) {
        ImageDataset unseen = dataset.split(Split.HELD_OUT);
        List<ImageEntry> entries = (unseen.size() > 0 ? unseen : dataset)
                .shuffled(SEED)
                .first(budget.images())
                .entries();
        EdgeEvaluation evaluation = new EdgeEvaluation(pipeline, budget);
        LOG.info("generating {} images with and without control", entries.size());
        for (int i = 0; i < entries.size(); i++) {
            evaluation.add(entries.get(i), i);
        }
        return new EdgeAgreement(
                entries.size(), evaluation.controlled / entries.size(), evaluation.uncontrolled / entries.size());
    }

    private void add(ImageEntry entry, long seed) {
        EdgeMap edges = Canny.USUAL.edges(transform.read(entry.file()));
        Control control = Control.of(edges.image());
        controlled += edges.agreement(Canny.USUAL.edges(generated(entry, seed, control)));
        uncontrolled += edges.agreement(Canny.USUAL.edges(generated(entry, seed, control.withScale(0))));
    }

    private BufferedImage generated(ImageEntry entry, long seed, Control control) {
        GenerationRequest.Builder request =
                pipeline.takesText() ? GenerationRequest.of(entry.caption()) : GenerationRequest.of();
        return pipeline.generate(budget.applyTo(request)
                        .size(transform.width(), transform.height())
                        .seed(seed)
                        .control(control)
                        .build())
                .get(0)
                .image();
    }
}
