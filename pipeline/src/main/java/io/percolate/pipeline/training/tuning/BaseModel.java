package io.percolate.pipeline.training.tuning;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.NativeHeap;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.LoadedControlNet;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.training.space.LatentSpace;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.layout.UNetInput;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A model whose networks are frozen, and what is added to it is trained. Not thread-safe. */
final class BaseModel implements AutoCloseable {

    private final String name;
    private final DiffusionModel model;
    private final TrainingSpace space;
    private final Precision precision;

    private BaseModel(BaseSource source, DiffusionModel model, Precision precision) {
        name = source.name();
        this.model = model;
        this.precision = precision;
        space = space();
        model.unet().makeFrozen(precision);
        encoders().values().forEach(encoder -> encoder.makeFrozen(precision));
    }

    /**
     * Opens a model as {@code options} say.
     *
     * @throws IllegalArgumentException if it is of a kind that cannot be fine-tuned
     */
    static BaseModel open(BaseSource source, LoadOptions options, Precision precision) {
        DiffusionModel model = ModelLoader.load(source.path(), options);
        try {
            return new BaseModel(source, model, precision);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** {@link Layer#makeFrozenAsRead} for the denoiser; what is widened comes and goes, and would tear the C library's heap. */
    void keepAsRead() {
        if (precision == Precision.FP32) {
            NativeHeap.giveBackAtOnce();
            model.unet().makeFrozenAsRead();
        }
    }

    private TrainingSpace space() {
        if (model.input() != UNetInput.LATENTS) {
            throw new IllegalArgumentException(name + ": the U-Net of this model also sees "
                    + model.input().beside()
                    + ", which images with captions do not have: take the model that it was made of");
        }
        if (model.unet().config().classes() instanceof ClassLabels.Table) {
            throw new IllegalArgumentException(
                    name + ": this model is told classes and not captions: go on with train diffusion --from");
        }
        if (model.codec() instanceof ImageCodec.Identity) {
            return TrainingSpace.pixels();
        }
        return new LatentSpace(
                model.codec()
                        .autoencoder()
                        .orElseThrow(() -> new IllegalArgumentException(name
                                + ": a tiny autoencoder has no posterior to train on: take the model's large one")),
                model.manager());
    }

    String name() {
        return name;
    }

    UNet unet() {
        return model.unet();
    }

    /** Gives {@code network} copies of the denoiser's parameters, as far as it has some of the same names; in float32. */
    void copyDenoiserTo(Layer network) {
        Map<String, Parameter> own = model.unet().parameters();
        network.shapes().keySet().stream()
                .filter(own::containsKey)
                .forEach(name -> network.assign(name, Aten.to(own.get(name).value(), Precision.FP32)));
    }

    TrainingSpace trainingSpace() {
        return space;
    }

    SamplerConfig sampler() {
        return model.sampler();
    }

    DiffusionProcess process() {
        return model.sampler().process();
    }

    /** What a request gets that leaves it open, for images of {@code side} x {@code side} pixels in so many steps. */
    ModelDefaults defaults(int side, int steps) {
        ModelDefaults usual = model.defaults();
        return new ModelDefaults(usual.name(), side, side, steps, usual.guidanceScale());
    }

    Optional<TextConditioner> text() {
        return model.text();
    }

    /** Fails if there is no text encoder to train. */
    void requireText() {
        if (text().isEmpty()) {
            throw new IllegalArgumentException(name + ": this model has no text encoder: leave out --text-encoder");
        }
    }

    NDManager manager() {
        return model.manager();
    }

    Precision precision() {
        return precision;
    }

    /** The text encoders, by the folders that they are in. */
    Map<ModelPart, ClipTextEncoder> encoders() {
        Map<ModelPart, ClipTextEncoder> encoders = new EnumMap<>(ModelPart.class);
        towers().forEach((part, tower) -> encoders.put(part, tower.encoder()));
        return encoders;
    }

    /** The text encoders with their tokenizers, by the folders that they are in. */
    Map<ModelPart, TextTower> towers() {
        Map<ModelPart, TextTower> towers = new EnumMap<>(ModelPart.class);
        model.text().ifPresent(text -> {
            List<TextTower> all = text.towers();
            towers.put(text.lastPart(), all.get(all.size() - 1));
            if (all.size() > 1) {
                towers.put(ModelPart.TEXT_ENCODER, all.get(0));
            }
        });
        return towers;
    }

    /** The parameters of {@code parts} by {@code unet.} or {@code text_encoder.} and their names, but for unused ones. */
    Map<String, Parameter> used(Map<ModelPart, ? extends Layer> parts) {
        Map<String, Parameter> all = new LinkedHashMap<>();
        parts.forEach((part, network) ->
                network.parameters().forEach((name, parameter) -> all.put(part.folder() + "." + name, parameter)));
        all.keySet().removeIf(this::isUnused);
        return all;
    }

    /**
     * Whether nothing that the denoiser is told depends on a parameter of a text encoder, given as {@code text_encoder.}
     * and its name: Stable Diffusion XL reads the states before the last layer of its first one, and nothing behind them.
     */
    private boolean isUnused(String parameter) {
        Map<ModelPart, ClipTextEncoder> encoders = encoders();
        if (encoders.size() < 2) {
            return false;
        }
        int layers = encoders.get(ModelPart.TEXT_ENCODER).config().layerCount();
        return Stream.of(
                        "text_model.encoder.layers." + (layers - 1) + ".",
                        "text_model.final_layer_norm.",
                        "text_projection.")
                .anyMatch(layer -> parameter.startsWith(ModelPart.TEXT_ENCODER.folder() + "." + layer));
    }

    /** Side of the images that it is for. */
    int usualSide() {
        return Math.min(model.defaults().width(), model.defaults().height());
    }

    /** What width and height of images must be multiples of. */
    int multiple() {
        return space.codec().factor() << (model.unet().config().levels().size() - 1);
    }

    /** The published family that such a U-Net belongs to, or whether it is a model of one's own. */
    String family() {
        int width = model.unet().config().transformers().contextWidth();
        boolean two = encoders().size() > 1;
        return Arrays.stream(ModelFamily.values())
                .filter(family -> family.contextWidth() == width)
                .filter(family -> two == (family == ModelFamily.SDXL))
                .map(ModelFamily::title)
                .findFirst()
                .orElse("a model of another size");
    }

    /** The model as it is now, steered by {@code controlNets}, for images of {@code side} x {@code side} pixels. */
    Pipeline pipeline(int side, List<LoadedControlNet> controlNets) {
        ModelDefaults sized = defaults(side, model.defaults().steps());
        return pipeline(model.unet(), controlNets, model.sampler(), sized);
    }

    /** The model with another denoiser, which is sampled otherwise. */
    Pipeline pipeline(UNet unet, SamplerConfig sampler, ModelDefaults defaults) {
        return pipeline(unet, List.of(), sampler, defaults);
    }

    private Pipeline pipeline(
            UNet unet, List<LoadedControlNet> controlNets, SamplerConfig sampler, ModelDefaults defaults) {
        return Pipeline.of(new DiffusionModel(
                unet,
                controlNets,
                model.codec(),
                model.codec(),
                model.text(),
                sampler,
                defaults,
                precision,
                model.loras(),
                model.manager()));
    }

    @Override
    public void close() {
        model.close();
    }
}
