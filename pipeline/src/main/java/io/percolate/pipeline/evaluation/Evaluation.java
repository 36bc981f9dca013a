package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.evaluation.CaptionQueries.Asked;
import io.percolate.pipeline.evaluation.features.FeatureMetrics;
import io.percolate.pipeline.evaluation.features.ImageFeatures;
import io.percolate.pipeline.evaluation.features.NearestImages;
import io.percolate.pipeline.evaluation.features.NearestImages.Match;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.vae.AutoencoderKl;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a model on a data set: what its autoencoder keeps of the images ({@code reconstruction}), whether what it
 * generates for a caption is nearer to that caption's image than to the others ({@code trained} and {@code heldOut}
 * captions, and {@code everyday} prompts that no model is trained on), and how far what it generates is from real images ({@code distance}, and {@code features} by what a network
 * sees in them; {@code distanceOfRealImages} and {@code featuresOfRealImages} tell how far as many other real ones are),
 * and whether it copies what it was trained on ({@code originality}). What cannot be measured is left out: a model without text, or images without
 * captions, have no retrieval.
 *
 * <p>Nearness is Euclidean distance where the model works: between latents of unit variance, or between pixels.
 */
public final class Evaluation {

    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
    private static final long SEED = 0;
    private static final int BATCH = 16;

    private final Map<String, Measurement> report = new LinkedHashMap<>();
    private final NDManager manager;
    private final ImageTransform transform;
    private final Beside beside;

    private Evaluation(NDManager manager, int side, Beside beside) {
        this.manager = manager;
        this.beside = beside;
        transform = ImageTransform.square(side);
    }

    /** Measures an autoencoder by itself, on images of the size that it was trained on. */
    public static Map<String, Measurement> of(AutoencoderKl vae, ImageDataset dataset) {
        try (NDManager manager = TorchEngine.newManager(vae.device())) {
            Evaluation evaluation = new Evaluation(manager, vae.config().sampleSize(), Beside.NOTHING);
            evaluation.encode(dataset, new ImageCodec.Autoencoder(vae));
            return evaluation.report;
        }
    }

    /**
     * What is wanted beside the usual measurements.
     *
     * @param features whose features images are also compared by, if there are {@link FeatureMetrics#FEWEST} or more
     * @param sheets that show what was generated for captions and other prompts
     */
    public record Beside(Optional<ImageFeatures> features, Optional<ContactSheets> sheets) {

        /** The usual measurements alone. */
        public static final Beside NOTHING = new Beside(Optional.empty(), Optional.empty());
    }

    /** The usual measurements of a model. */
    public static Map<String, Measurement> of(Pipeline pipeline, ImageDataset dataset, SampleBudget budget) {
        return of(pipeline, dataset, budget, Beside.NOTHING);
    }

    /**
     * Measures a model, on images as wide as it usually generates. All arguments stay the caller's.
     */
    public static Map<String, Measurement> of(
            Pipeline pipeline, ImageDataset dataset, SampleBudget budget, Beside beside) {
        try (NDManager manager = TorchEngine.newManager(pipeline.device())) {
            Evaluation evaluation = new Evaluation(manager, pipeline.defaults().width(), beside);
            EncodedDataset encoded = evaluation.encode(dataset, pipeline.codec());
            evaluation.measureSamples(pipeline, encoded, budget);
            return evaluation.report;
        }
    }

    private EncodedDataset encode(ImageDataset dataset, ImageCodec codec) {
        LOG.info("encoding {} images", dataset.size());
        EncodedDataset encoded = EncodedDataset.of(dataset, transform, codec, manager);
        encoded.reconstruction().ifPresent(kept -> report.put("reconstruction", kept));
        return encoded;
    }

    private void measureSamples(Pipeline pipeline, EncodedDataset encoded, SampleBudget budget) {
        SampledImages sampled = new SampledImages(pipeline, transform.width(), budget);
        Map<String, List<Asked>> queries = new CaptionQueries(encoded.dataset(), budget.images()).parts();
        if (pipeline.takesText() && !queries.isEmpty()) {
            measureCaptions(sampled, encoded, queries);
        } else {
            ImageDataset real = encoded.dataset().shuffled(SEED).first(budget.images());
            LOG.info("generating {} images", real.size());
            measureDistance(sampled.unconditional(real.size()), real, encoded.dataset());
        }
    }

    private void measureCaptions(SampledImages sampled, EncodedDataset encoded, Map<String, List<Asked>> queries) {
        List<BufferedImage> generated = new ArrayList<>();
        Set<ImageEntry> real = new LinkedHashSet<>();
        queries.forEach((name, asked) -> {
            LOG.info("generating images of {} captions ({})", asked.size(), name);
            List<BufferedImage> images = sampled.of(asked);
            List<ImageEntry> own = asked.stream().map(Asked::image).toList();
            report.put(name, retrieval(images, own, encoded));
            show(name, asked, images, encoded.dataset().split(Split.TRAIN));
            if (CaptionQueries.isOfCaptions(name)) {
                generated.addAll(images);
                real.addAll(own);
            }
        });
        measureDistance(generated, encoded.dataset().where(real::contains), encoded.dataset());
    }

    private void show(String part, List<Asked> asked, List<BufferedImage> images, ImageDataset trained) {
        if (trained.size() > 0) {
            beside.sheets().ifPresent(sheets -> sheets.write(part, asked, images, nearest(images, trained), transform));
        }
    }

    private Retrieval retrieval(List<BufferedImage> images, List<ImageEntry> own, EncodedDataset encoded) {
        List<Integer> ranks = new ArrayList<>();
        for (int start = 0; start < images.size(); start += BATCH) {
            int end = Math.min(images.size(), start + BATCH);
            try (NDArray batch = Pixels.of(images.subList(start, end), manager)) {
                ranks.addAll(encoded.ranks(batch, own.subList(start, end)));
            }
        }
        return Retrieval.of(ranks, encoded.dataset().size());
    }

    private void measureDistance(List<BufferedImage> generated, ImageDataset real, ImageDataset all) {
        LOG.info("measuring distances to real images");
        Set<ImageEntry> taken = Set.copyOf(real.entries());
        ImageDataset others =
                all.where(entry -> !taken.contains(entry)).shuffled(SEED).first(real.size());
        measureOriginality(generated, all);
        try (NDArray reference = Pixels.of(read(real), manager)) {
            measureDistance("", reference, generated);
            if (others.size() == real.size()) {
                measureDistance("OfRealImages", reference, read(others));
            }
        }
    }

    private void measureOriginality(List<BufferedImage> generated, ImageDataset all) {
        ImageDataset trained = all.split(Split.TRAIN);
        ImageDataset unseen = all.split(Split.HELD_OUT).shuffled(SEED).first(generated.size());
        if (trained.size() > 0) {
            report.put(
                    "originality",
                    Originality.of(
                            nearest(generated, trained),
                            unseen.size() == 0 ? List.of() : nearest(read(unseen), trained)));
        }
    }

    private List<Match> nearest(List<BufferedImage> images, ImageDataset trained) {
        try (NDArray pixels = Pixels.of(images, manager)) {
            return NearestImages.byPixels(pixels, trained, transform);
        }
    }

    private void measureDistance(String suffix, NDArray real, List<BufferedImage> others) {
        try (NDArray images = Pixels.of(others, manager)) {
            report.put(
                    "distance" + suffix, new Distance(others.size(), SlicedWasserstein.DEFAULT.between(real, images)));
            beside.features()
                    .filter(network -> others.size() >= FeatureMetrics.FEWEST)
                    .ifPresent(network ->
                            report.put("features" + suffix, new FeatureDistance(network.compare(real, images))));
        }
    }

    private List<BufferedImage> read(ImageDataset dataset) {
        return dataset.entries().stream()
                .map(entry -> transform.read(entry.file()))
                .toList();
    }
}
