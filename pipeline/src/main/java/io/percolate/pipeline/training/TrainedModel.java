package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.AtomicFile;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ClassNames;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.pipeline.model.ModelIndex;
import io.percolate.pipeline.training.conditioning.CaptionConditioning;
import io.percolate.pipeline.training.conditioning.CaptionEncoder;
import io.percolate.pipeline.training.conditioning.ClassConditioning;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.recipe.ClassRecipe;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.space.LatentSpace;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.weights.tensors.ElementType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A diffusion model while it is being trained: a space, a denoiser, and what tells it captions or classes. */
final class TrainedModel implements AutoCloseable {

    private static final int INFERENCE_STEPS = 20;
    private static final double GUIDANCE_SCALE = 2;

    private final DiffusionRecipe recipe;
    private final TrainingSpace space;
    private final UNet unet;
    private final Optional<CaptionEncoder> captions;
    private final Optional<ClassNames> classes;
    private final NDManager manager;

    private TrainedModel(DiffusionRecipe recipe, ModelParts parts, NDManager manager) {
        this.recipe = recipe;
        this.manager = manager;
        space = parts.space();
        unet = parts.unet();
        captions = parts.captions();
        classes = parts.classes();
        requireSameChannels();
        requireSameClasses();
        requireRange();
        unet.makeTrainable();
        captions.ifPresent(text -> text.encoder().makeTrainable());
    }

    /** The model that {@code recipe} describes, from the beginning or from where another one was left. */
    static TrainedModel of(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, NDManager manager) {
        TrainingSpace space = TrainingSpace.open(folders.vae(), manager);
        ModelParts parts = folders.start()
                .map(start -> ModelParts.load(recipe, space, start, manager))
                .orElseGet(() -> ModelParts.initialise(recipe, space, dataset, manager));
        return new TrainedModel(
                recipe, recipe.prompts() instanceof ClassRecipe ? parts.with(ClassNames.of(dataset)) : parts, manager);
    }

    /** What a training step computes with. */
    DiffusionNetworks networks() {
        Conditioning conditioning = captions.<Conditioning>map(text -> new CaptionConditioning(
                        text.text(),
                        new PixelSize(size(), size()),
                        recipe.plan().precision()))
                .or(() -> classes.map(known -> new ClassConditioning(known, manager)))
                .orElse(Conditioning.NONE);
        return new DiffusionNetworks(space, unet, conditioning);
    }

    /** Everything that is trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        unet.parameters().forEach((name, parameter) -> all.put("unet." + name, parameter));
        captions.ifPresent(text -> all.putAll(text.parameters()));
        return all;
    }

    /** Side of the images in pixels. */
    int size() {
        return recipe.sampleSize() * space.codec().factor();
    }

    /** What width and height of images must be multiples of: the autoencoder halves them, and so does the denoiser. */
    int multiple() {
        return space.codec().factor() << (unet.config().levels().size() - 1);
    }

    /** Writes a grid of images, for captions or classes from all over {@code dataset} if the denoiser is told any. */
    void writeSample(ImageDataset dataset, Path png, TrainingListener listener) {
        Beside beside = recipe.plan().compute().beside();
        long pixels = (long) size() * size();
        int images = beside.denoiserSamples(pixels);
        if (images > 0) {
            SampleGrid grid = grid(dataset, images);
            int atOnce = beside.imagesAtOnce(pixels);
            ImageFiles.writePng(png, grid.of(Pipeline.of(model()), beside.sampleSteps(), atOnce, listener));
        }
    }

    private SampleGrid grid(ImageDataset dataset, int images) {
        List<String> prompts = recipe.plan().saving().prompts();
        return classes.map(names -> prompts.isEmpty() ? SampleGrid.of(names, images) : SampleGrid.of(names, prompts))
                .or(() -> captions.map(
                        text -> prompts.isEmpty() ? SampleGrid.of(dataset, images) : SampleGrid.of(prompts)))
                .orElseGet(() -> SampleGrid.unconditional(images));
    }

    /** Writes the model folder. */
    void save(Path folder) {
        UNetFiles.save(unet, folder.resolve("unet"), ElementType.F32);
        space.save(folder);
        captions.ifPresent(text -> text.save(folder));
        classes.ifPresent(known -> AtomicFile.write(
                folder.resolve("classes.txt"),
                out -> out.write(String.join("\n", known.names()).getBytes(StandardCharsets.UTF_8))));
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

    private void requireSameClasses() {
        int count = classes.map(ClassNames::count).orElse(0);
        int rows = unet.config().classes() instanceof ClassLabels.Table table ? table.count() : 0;
        if (rows != count) {
            throw new IllegalArgumentException("the U-Net has " + rows + " rows for classes but the data set needs "
                    + count
                    + ", one for each class and one for none: leave num_class_embeds out of the recipe's section"
                    + " unet, or go on from another model");
        }
    }

    private DiffusionModel model() {
        return new DiffusionModel(
                unet,
                List.of(),
                space.codec(),
                space.codec(),
                captions.map(CaptionEncoder::text),
                recipe.sampler(),
                defaults(),
                recipe.plan().precision(),
                List.of(),
                manager);
    }

    private ModelDefaults defaults() {
        boolean guided = captions.isPresent() || classes.isPresent();
        ModelDefaults defaults = new ModelDefaults(
                recipe.name().orElse(""), size(), size(), INFERENCE_STEPS, guided ? GUIDANCE_SCALE : 1);
        return classes.map(known -> defaults.withNullClass(known.nullClass())).orElse(defaults);
    }

    @Override
    public void close() {
        captions.ifPresent(CaptionEncoder::close);
        unet.close();
        space.close();
    }
}
