package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNet;
import io.percolate.pipeline.DiffusionModel;
import io.percolate.pipeline.GeneratedImage;
import io.percolate.pipeline.GenerationRequest;
import io.percolate.pipeline.ImageSpace;
import io.percolate.pipeline.ModelDefaults;
import io.percolate.pipeline.ModelIndex;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.ElementType;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A latent diffusion model while it is being trained: a finished autoencoder, a denoiser and a caption encoder.
 * Diffusers opens the folder that it saves as a Stable Diffusion XL pipeline.
 */
final class LatentModel implements AutoCloseable {

    private static final int SAMPLE_COLUMNS = 8;
    private static final int SAMPLES = 32;

    private final DiffusionRecipe recipe;
    private final AutoencoderKl vae;
    private final String fingerprint;
    private final NDManager manager;
    private final UNet unet;
    private final CaptionEncoder captions;

    /**
     * Loads the autoencoder.
     *
     * @param denoiser with values, from a file or drawn
     * @param captions with values, likewise
     */
    LatentModel(DiffusionRecipe recipe, Path vaeFolder, UNet denoiser, CaptionEncoder captions, NDManager manager) {
        this.recipe = recipe;
        this.captions = captions;
        this.manager = manager;
        unet = denoiser;
        vae = AutoencoderKl.load(vaeFolder, manager);
        requireSameChannels();
        fingerprint = Fingerprint.of(vaeFolder.resolve("diffusion_pytorch_model.safetensors"));
        unet.makeTrainable();
        captions.encoder().makeTrainable();
    }

    /** A model with first values drawn at random, and a vocabulary learned from the captions of {@code dataset}. */
    static LatentModel fresh(DiffusionRecipe recipe, Path vaeFolder, ImageDataset dataset, NDManager manager) {
        UNet unet = new UNet(recipe.unet());
        unet.initialise(manager, recipe.plan().seed());
        CaptionEncoder captions = CaptionEncoder.learn(recipe.text(), dataset, manager);
        captions.encoder().initialise(manager, recipe.plan().seed() + 1L);
        return new LatentModel(recipe, vaeFolder, unet, captions, manager);
    }

    /** A model that goes on from the denoiser, text encoder and vocabulary in the model folder {@code start}. */
    static LatentModel continued(DiffusionRecipe recipe, Path vaeFolder, Path start, NDManager manager) {
        UNet unet = UNet.load(start.resolve("unet"), manager);
        return new LatentModel(recipe, vaeFolder, unet, CaptionEncoder.load(start, manager), manager);
    }

    UNet unet() {
        return unet;
    }

    CaptionEncoder captions() {
        return captions;
    }

    /** Side of the pictures in pixels. */
    int size() {
        return unet.config().sampleSize().orElseThrow() * vae.config().downsamplingFactor();
    }

    /** Every picture of {@code dataset} in latents, from {@code file} if it is there. */
    LatentCache encode(ImageDataset dataset, Path file) {
        LatentCache.Source source = new LatentCache.Source(space(), fingerprint);
        return LatentCache.open(file, dataset, ImageTransform.square(size()), source, manager);
    }

    /** Draws a grid of pictures for captions from all over {@code dataset}. */
    void drawSample(ImageDataset dataset, Path png) {
        List<String> prompts = prompts(dataset);
        Pipeline pipeline = Pipeline.of(model());
        List<BufferedImage> pictures =
                pipeline
                        .generate(GenerationRequest.of(prompts.toArray(String[]::new))
                                .build())
                        .stream()
                        .map(GeneratedImage::image)
                        .toList();
        ImageFiles.writePng(png, new ImageGrid(SAMPLE_COLUMNS, 4).draw(pictures, prompts));
    }

    /** Writes the model folder. */
    void save(Path folder) {
        unet.save(folder.resolve("unet"), ElementType.F32);
        vae.save(folder.resolve("vae"), ElementType.F32);
        captions.save(folder);
        recipe.sampler().write(folder.resolve("scheduler/scheduler_config.json"));
        defaults().write(folder);
        ModelIndex.writeTextToImage(folder, recipe.sampler());
    }

    private void requireSameChannels() {
        int latents = vae.config().latentChannels();
        int in = unet.config().inChannels();
        int out = unet.config().outChannels();
        if (in != latents || out != latents) {
            throw new IllegalArgumentException("the U-Net goes from " + in + " to " + out
                    + " channels but the autoencoder makes " + latents
                    + ": set in_channels and out_channels of the recipe's section unet");
        }
    }

    private DiffusionModel model() {
        return new DiffusionModel(
                unet,
                space(),
                Optional.of(captions.text()),
                recipe.sampler(),
                defaults(),
                recipe.plan().precision(),
                manager);
    }

    private ImageSpace space() {
        return new ImageSpace.Latents(vae);
    }

    private ModelDefaults defaults() {
        return new ModelDefaults(recipe.name(), size(), size(), 20, 2);
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
        captions.close();
        unet.close();
        vae.close();
    }
}
