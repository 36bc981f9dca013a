package io.percolate.pipeline.comparison;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.comparison.report.ImageQuality;
import io.percolate.pipeline.comparison.report.NearestTrained;
import io.percolate.pipeline.evaluation.Originality;
import io.percolate.pipeline.evaluation.PixelRetrieval;
import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.evaluation.SlicedWasserstein;
import io.percolate.pipeline.evaluation.features.FeatureChoice;
import io.percolate.pipeline.evaluation.features.FeatureMetrics;
import io.percolate.pipeline.evaluation.features.ImageFeatures;
import io.percolate.pipeline.evaluation.features.NearestImages;
import io.percolate.pipeline.evaluation.features.NearestImages.Match;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.vae.AutoencoderKl;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Measures sets of images against the real ones that were held out. */
final class QualityMeter implements AutoCloseable {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final ComparedImages images;
    private final int side;
    private final Optional<FeatureChoice> choice;
    private @Nullable ImageFeatures features;

    /**
     * Measures images of {@code side} x {@code side}.
     *
     * @param features of which distances are measured, too
     */
    QualityMeter(ComparedImages images, int side, Optional<FeatureChoice> features) {
        this.images = images;
        this.side = side;
        choice = features;
    }

    /**
     * Opens what it measures with.
     *
     * @throws IllegalArgumentException if there are no such features
     */
    void prepare() {
        features();
    }

    private Optional<ImageFeatures> features() {
        if (features == null) {
            features = choice.map(wanted -> wanted.open(images.trained(), side, manager))
                    .orElse(null);
        }
        return Optional.ofNullable(features);
    }

    /** The quality of {@code others}, compared with as many images held out. */
    ImageQuality of(List<BufferedImage> others) {
        List<BufferedImage> real = ComparedImages.read(images.heldOut().subList(0, others.size()), side);
        try (NDArray heldOut = Pixels.of(real, manager);
                NDArray other = Pixels.of(others, manager)) {
            return new ImageQuality(
                    others.size(),
                    SlicedWasserstein.DEFAULT.between(heldOut, other),
                    features()
                            .filter(network -> others.size() >= FeatureMetrics.FEWEST)
                            .map(network -> network.compare(heldOut, other))
                            .orElse(null));
        }
    }

    /** The quality of other real images: those trained on. */
    ImageQuality ofReal() {
        return of(ComparedImages.read(images.known(), side));
    }

    /** The quality of the images held out, encoded and decoded by the autoencoder in {@code vae}. */
    ImageQuality ofReconstructions(Path vae) {
        return of(reconstructions(vae));
    }

    /** The quality of what the autoencoder in {@code vae} decodes from standard normal latents (Kingma and Welling 2014). */
    ImageQuality ofPrior(Path vae) {
        return of(decoded(vae, (autoencoder, image) -> RandomStream.of(0, image)
                .normal(manager, autoencoder.config().latentShape(1, side, side), DataType.FLOAT32)));
    }

    /** Finds the images trained on by what was generated for their captions, among them and those held out. */
    Retrieval retrieval(List<BufferedImage> generated) {
        List<BufferedImage> candidates = new ArrayList<>(ComparedImages.read(images.known(), side));
        candidates.addAll(ComparedImages.read(images.heldOut(), side));
        try (NDArray own = Pixels.of(generated, manager);
                NDArray all = Pixels.of(candidates, manager)) {
            return PixelRetrieval.of(own, all);
        }
    }

    /** Finds the trained images that are nearest to {@code generated}. */
    NearestTrained nearest(List<BufferedImage> generated) {
        List<Match> own = matches(generated);
        Path folder = images.trained().folder();
        return new NearestTrained(
                Originality.of(own, matches(ComparedImages.read(images.heldOut(), side))),
                own.stream()
                        .map(match -> folder.relativize(match.entry().file()).toString())
                        .toList());
    }

    private List<Match> matches(List<BufferedImage> others) {
        try (NDArray pixels = Pixels.of(others, manager)) {
            return NearestImages.byPixels(pixels, images.trained(), ImageTransform.square(side));
        }
    }

    /** The images held out, encoded and decoded. */
    List<BufferedImage> reconstructions(Path folder) {
        List<BufferedImage> real = ComparedImages.read(images.heldOut(), side);
        return decoded(folder, (vae, image) -> vae.encode(Pixels.of(List.of(real.get(image)), manager))
                .mode());
    }

    /** As many images as are held out, decoded from what {@code latents} gives for the number of each. */
    private List<BufferedImage> decoded(Path folder, BiFunction<AutoencoderKl, Integer, NDArray> latents) {
        List<BufferedImage> decoded = new ArrayList<>();
        try (AutoencoderKl vae = AutoencoderKl.load(folder, manager)) {
            for (int i = 0; i < images.heldOut().size(); i++) {
                int image = i;
                Gradients.off(() -> {
                    Scope.run(() -> decoded.addAll(Pixels.images(vae.decode(latents.apply(vae, image)))));
                    return null;
                });
            }
        }
        return decoded;
    }

    @Override
    public void close() {
        manager.close();
    }
}
