package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.pipeline.model.ModelIndex;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.space.LatentSpace;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.weights.tensors.ElementType;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A diffusion model while it is being trained: a space, a denoiser and, if it is told captions, their encoder. */
final class TrainedModel implements AutoCloseable {

    private static final int SAMPLE_COLUMNS = 8;
    private static final int SAMPLES = 32;

    private final DiffusionRecipe recipe;
    private final TrainingSpace space;
    private final UNet unet;
    private final Optional<CaptionEncoder> captions;
    private final NDManager manager;

    /**
     * Puts the parts together.
     *
     * @param denoiser with values, from a file or drawn
     * @param encoder with values, likewise
     */
    private TrainedModel(
            DiffusionRecipe recipe,
            TrainingSpace space,
            UNet denoiser,
            Optional<CaptionEncoder> encoder,
            NDManager manager) {
        this.recipe = recipe;
        this.space = space;
        this.manager = manager;
        unet = denoiser;
        captions = encoder;
        requireSameChannels();
        requireRange();
        unet.makeTrainable();
        captions.ifPresent(text -> text.encoder().makeTrainable());
    }

    /** A model with first values drawn at random, and a vocabulary learned from the captions of {@code dataset}. */
    static TrainedModel fresh(DiffusionRecipe recipe, TrainingSpace space, ImageDataset dataset, NDManager manager) {
        int seed = recipe.plan().seed();
        UNet unet = new UNet(recipe.unet());
        unet.initialise(manager, seed);
        Optional<CaptionEncoder> captions = recipe.text().map(text -> CaptionEncoder.learn(text, dataset, manager));
        captions.ifPresent(text -> text.encoder().initialise(manager, seed + 1L));
        return new TrainedModel(recipe, space, unet, captions, manager);
    }

    /** A model that goes on from the denoiser, text encoder and vocabulary in the model folder {@code start}. */
    static TrainedModel continued(DiffusionRecipe recipe, TrainingSpace space, Path start, NDManager manager) {
        UNet unet = UNetFiles.load(start.resolve("unet"), manager);
        Optional<CaptionEncoder> captions = recipe.text().map(text -> CaptionEncoder.load(start, manager));
        return new TrainedModel(recipe, space, unet, captions, manager);
    }

    UNet unet() {
        return unet;
    }

    /** Everything that is trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        unet.parameters().forEach((name, parameter) -> all.put("unet." + name, parameter));
        captions.ifPresent(text ->
                text.encoder().parameters().forEach((name, parameter) -> all.put("text_encoder_2." + name, parameter)));
        return all;
    }

    /** Side of the images in pixels. */
    int size() {
        return recipe.sampleSize() * space.images().factor();
    }

    /** What the denoiser is told about images with these captions, some of which it is not told. */
    DenoiserInputs conditions(List<String> texts, RandomStream random) {
        if (captions.isEmpty()) {
            return DenoiserInputs.none();
        }
        CaptionDropout dropout = new CaptionDropout(recipe.text().orElseThrow().captionDropout());
        return captions.get()
                .encode(dropout.apply(texts, random), size(), recipe.plan().precision());
    }

    /** Draws a grid of images, for captions from all over {@code dataset} if the denoiser is told any. */
    void drawSample(ImageDataset dataset, Path png) {
        List<String> prompts = captions.isPresent() ? prompts(dataset) : List.of();
        GenerationRequest request = GenerationRequest.of(prompts.toArray(String[]::new))
                .count(prompts.isEmpty() ? SAMPLES : 1)
                .seed(0)
                .build();
        List<BufferedImage> images = Pipeline.of(model()).generate(request).stream()
                .map(GeneratedImage::image)
                .toList();
        ImageFiles.writePng(png, new ImageGrid(SAMPLE_COLUMNS, 4).draw(images, prompts));
    }

    /** Writes the model folder. */
    void save(Path folder) {
        UNetFiles.save(unet, folder.resolve("unet"), ElementType.F32);
        space.save(folder);
        captions.ifPresent(text -> text.save(folder));
        SchedulerFiles.save(recipe.sampler(), folder.resolve("scheduler"));
        defaults().write(folder);
        ModelIndex.write(folder, model());
    }

    private void requireSameChannels() {
        int in = unet.config().inChannels();
        int out = unet.config().outChannels();
        if (in != space.channels() || out != space.channels()) {
            throw new IllegalArgumentException("the U-Net goes from " + in + " to " + out + " channels but " + space
                    + " have " + space.channels() + ": set in_channels and out_channels of the recipe's section unet");
        }
    }

    /** Pixels have a range, latents have not. */
    private void requireRange() {
        if (space instanceof LatentSpace && !(recipe.sampler().clipping() instanceof Clipping.Unlimited)) {
            throw new IllegalArgumentException("the recipe keeps clean latents between two limits, which is for pixels:"
                    + " set clip_sample and thresholding of its section scheduler to false");
        }
    }

    private DiffusionModel model() {
        return new DiffusionModel(
                unet,
                space.images(),
                captions.map(CaptionEncoder::text),
                recipe.sampler(),
                defaults(),
                recipe.plan().precision(),
                List.of(),
                manager);
    }

    private ModelDefaults defaults() {
        return new ModelDefaults(recipe.name(), size(), size(), 20, captions.isPresent() ? 2 : 1);
    }

    private static List<String> prompts(ImageDataset dataset) {
        int stride = Math.max(1, dataset.size() / SAMPLES);
        return IntStream.iterate(0, i -> i < dataset.size(), i -> i + stride)
                .limit(SAMPLES)
                .mapToObj(i -> dataset.entries().get(i).caption())
                .toList();
    }

    @Override
    public void close() {
        captions.ifPresent(CaptionEncoder::close);
        unet.close();
        space.close();
    }
}
