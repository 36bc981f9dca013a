package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.evaluation.CaptionQueries.Asked;
import io.percolate.pipeline.evaluation.features.FeatureStatistics;
import io.percolate.pipeline.evaluation.features.ImageFeatures;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An {@link Evaluation} in parts, each of which can be measured by another process: first the {@link #sampleChunks}, then,
 * knowing what was generated, the images. Reconstruction, retrieval and the Frechet distance are those of the whole; it
 * leaves out what takes all images at once. Every image of the data set must be readable.
 */
public final class PartialEvaluation {

    private static final long SEED = 0;
    private static final int CHUNK = 16;
    private static final String NOTHING = "";

    private final Pipeline pipeline;
    private final ImageDataset dataset;
    private final Optional<ImageFeatures> features;
    private final NDManager manager;
    private final ImageTransform transform;
    private final SampledImages sampled;
    private final Map<String, List<Asked>> queries;
    private final ImageDataset real;

    /** An evaluation of {@code pipeline} on {@code dataset}; all arguments stay the caller's. */
    public PartialEvaluation(
            Pipeline pipeline,
            ImageDataset dataset,
            SampleBudget budget,
            Optional<ImageFeatures> features,
            NDManager manager) {
        this.pipeline = pipeline;
        this.dataset = dataset;
        this.features = features;
        this.manager = manager;
        int side = pipeline.defaults().width();
        transform = ImageTransform.square(side);
        sampled = new SampledImages(pipeline, side, budget);
        queries = pipeline.takesText() ? new CaptionQueries(dataset, budget.images()).parts() : Map.of();
        real = real(budget);
    }

    /** What generated images are compared with: as many as there are. */
    private ImageDataset real(SampleBudget budget) {
        Set<ImageEntry> own = new LinkedHashSet<>();
        queries.forEach((part, asked) -> {
            if (CaptionQueries.isOfCaptions(part)) {
                asked.forEach(one -> own.add(one.image()));
            }
        });
        return own.isEmpty() ? dataset.shuffled(SEED).first(budget.images()) : dataset.where(own::contains);
    }

    /** All images to generate, some in each chunk. */
    public List<SampleChunk> sampleChunks() {
        List<SampleChunk> chunks = new ArrayList<>();
        queries.forEach((part, entries) -> chunks.addAll(SampleChunk.split(part, entries.size(), CHUNK)));
        return chunks.isEmpty() ? SampleChunk.split(NOTHING, real.size(), CHUNK) : chunks;
    }

    /** Generates the images of a chunk. */
    public SamplePart samples(SampleChunk chunk) {
        return chunk.part().equals(NOTHING)
                ? new SamplePart(List.of(), statistics(sampled.unconditional(chunk.first(), chunk.last())))
                : captioned(chunk);
    }

    private SamplePart captioned(SampleChunk chunk) {
        List<Asked> asked = queries.get(chunk.part()).subList(chunk.first(), chunk.last());
        List<BufferedImage> images = sampled.of(asked, chunk.first());
        List<ImageEntry> own = asked.stream().map(Asked::image).toList();
        EncodedDataset encoded = encoded(own);
        List<Query> parts = new ArrayList<>();
        try (NDArray pixels = Pixels.of(images, manager)) {
            List<float[]> generated = encoded.encode(pixels);
            for (int i = 0; i < own.size(); i++) {
                double distance = EncodedDataset.distance(
                        generated.get(i), encoded.latents().get(i));
                int number = dataset.entries().indexOf(own.get(i));
                parts.add(new Query(chunk.part(), number, generated.get(i), distance));
            }
        }
        return new SamplePart(parts, statistics(CaptionQueries.isOfCaptions(chunk.part()) ? images : List.of()));
    }

    /** Measures the images of the data set from number {@code first} up to {@code last}, without it. */
    public ImagePart images(int first, int last, SamplePart generated) {
        List<ImageEntry> entries = dataset.entries().subList(first, last);
        EncodedDataset encoded = encoded(entries);
        int[] nearer = generated.queries().stream()
                .mapToInt(query -> query.nearer(encoded.latents(), first))
                .toArray();
        List<BufferedImage> compared = entries.stream()
                .filter(real.entries()::contains)
                .map(entry -> transform.read(entry.file()))
                .toList();
        return new ImagePart(encoded.latents().size(), encoded.kept(), nearer, statistics(compared));
    }

    private EncodedDataset encoded(List<ImageEntry> entries) {
        EncodedDataset encoded =
                EncodedDataset.of(new ImageDataset(dataset.folder(), entries), transform, pipeline.codec(), manager);
        if (encoded.latents().size() < entries.size()) {
            throw new IllegalArgumentException("an image of " + dataset.folder()
                    + " is broken, so that parts cannot be counted together: remove it, the log names it");
        }
        return encoded;
    }

    private FeatureStatistics statistics(List<BufferedImage> images) {
        if (images.isEmpty() || features.isEmpty()) {
            return FeatureStatistics.none();
        }
        try (NDArray pixels = Pixels.of(images, manager);
                NDArray seen = features.get().of(pixels)) {
            return FeatureStatistics.of(seen);
        }
    }

    /** The whole, of all parts. */
    public static Map<String, Measurement> report(SamplePart generated, ImagePart images) {
        Map<String, Measurement> report = new LinkedHashMap<>();
        if (images.kept().psnr().count() > 0) {
            report.put("reconstruction", images.kept().whole());
        }
        Map<String, List<Integer>> ranks = new LinkedHashMap<>();
        for (int i = 0; i < generated.queries().size(); i++) {
            ranks.computeIfAbsent(generated.queries().get(i).part(), part -> new ArrayList<>())
                    .add(1 + images.nearer()[i]);
        }
        ranks.forEach((part, own) -> report.put(part, Retrieval.of(own, images.images())));
        Frechet.of(images.features(), generated.features()).ifPresent(distance -> report.put("frechet", distance));
        return report;
    }
}
