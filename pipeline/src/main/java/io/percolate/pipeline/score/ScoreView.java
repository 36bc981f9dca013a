package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.sde.ProbabilityFlow;
import io.percolate.diffusion.sde.ScoreModel;
import io.percolate.diffusion.sde.SdeKind;
import io.percolate.diffusion.sde.SdeSampler;
import io.percolate.diffusion.sde.Slerp;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.EngineMemory;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleConsumer;

/**
 * A model as the score of a process in continuous time: sampled by its reverse SDE, and followed along its probability
 * flow, which turns images into noise and back. The model is told one prompt and not guided. Images have the size that
 * it usually generates. The interrupt of the thread ends what follows the flow.
 *
 * @param model stays the caller's
 * @param sde the process
 * @param prompt what the model is told; nothing if it is empty. Models without text are told nothing
 */
public record ScoreView(DiffusionModel model, SdeKind sde, String prompt) {

    private static final String LESS_MEMORY = "ask for fewer images at once";

    public ScoreView {
        new ToldDenoiser(model);
    }

    /** One image for each of {@code seeds}, by {@code sampler}. */
    public List<BufferedImage> sample(SdeSampler sampler, long... seeds) {
        return use((score, manager) -> {
            NoiseSource random = NoiseSource.perImage(seeds);
            NDArray initial = random.normal(
                    manager,
                    model.codec()
                            .shape(
                                    seeds.length,
                                    model.defaults().height(),
                                    model.defaults().width()),
                    DataType.FLOAT32);
            return images(sampler.sample(score.of(seeds.length), initial, (index, like) -> random.normal(like)));
        });
    }

    /**
     * {@code count} images on the way between two: both are encoded as noise, and what lies
     * between the two noises is decoded. The first and the last result are the given images as they come back.
     *
     * @param ends the two images
     * @param flow how exactly the way is followed
     * @param progress is told the part that is done
     */
    public List<BufferedImage> interpolate(
            List<BufferedImage> ends, int count, ProbabilityFlow flow, DoubleConsumer progress) {
        if (ends.size() != 2 || count < 2) {
            throw new IllegalArgumentException(
                    count + " images between " + ends.size() + ": give two images, and ask for at least two");
        }
        return use((score, manager) -> {
            ScoreModel one = score.of(1);
            List<NDArray> noises = new ArrayList<>();
            for (BufferedImage end : ends) {
                noises.add(encode(flow, one, end, manager));
                progress.accept((double) noises.size() / (count + 2));
            }
            List<BufferedImage> way = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                NDArray noise = Slerp.between(noises.get(0), noises.get(1), i / (count - 1.0));
                way.addAll(images(flow.decode(one, noise)));
                progress.accept((i + 3.0) / (count + 2));
            }
            return way;
        });
    }

    private NDArray encode(ProbabilityFlow flow, ScoreModel one, BufferedImage image, NDManager manager) {
        ImageTransform transform = ImageTransform.square(model.defaults().width());
        return Scope.keep(() -> {
            NDArray pixels = Pixels.of(List.of(transform.apply(image)), manager);
            return flow.encode(one, model.codec().encode(pixels));
        });
    }

    private List<BufferedImage> images(NDArray latents) {
        List<BufferedImage> images = new ArrayList<>();
        model.codec().decodeEach(latents, pixels -> images.addAll(Pixels.images(pixels)));
        return images;
    }

    /** The model for so many images at a time. */
    @FunctionalInterface
    private interface Scores {
        ScoreModel of(int images);
    }

    private <T> T use(BiFunction<Scores, NDManager, T> action) {
        NoiseSchedule schedule = model.sampler().process().schedule();
        Scores scores = images -> ScoreModel.of(sde.of(schedule), new ToldDenoiser(model).of(prompt, images), schedule);
        return EngineMemory.guard(
                LESS_MEMORY,
                () -> Gradients.off(() -> {
                    try (NDManager manager = model.manager().newSubManager()) {
                        return Scope.call(() -> model.unet().use(() -> action.apply(scores, manager)));
                    }
                }));
    }
}
