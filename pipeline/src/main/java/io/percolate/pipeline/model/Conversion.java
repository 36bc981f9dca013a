package io.percolate.pipeline.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.Activation;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.fewstep.FewSteps;
import io.percolate.pipeline.model.LoadOptions.Weights;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a model in another form: as a folder in the layout of diffusers, or as one file. Tensors keep their values,
 * rounded to {@code type}, unless LoRAs are merged into them.
 *
 * @param source a folder or a single file
 * @param configs a folder with the configs of a single file of unusual size
 * @param weights which of a file's weights to take
 * @param loras updates to merge into the weights
 * @param type what numbers are written as; empty for what each tensor is
 */
public record Conversion(
        Path source, Optional<Path> configs, Weights weights, List<Lora> loras, Optional<ElementType> type) {

    private static final String SINGLE = ".safetensors";

    public Conversion {
        loras = List.copyOf(loras);
    }

    /** Everything as it is in {@code source}. */
    public static Conversion of(Path source) {
        return new Conversion(source, Optional.empty(), Weights.LATEST, List.of(), Optional.empty());
    }

    /** The same, with the configs in {@code folder}: for single files of unusual size. */
    public Conversion withConfigs(Path folder) {
        return new Conversion(source, Optional.of(folder), weights, loras, type);
    }

    /** The same, with the averaged weights (EMA) where the model has them. */
    public Conversion withAveragedWeights() {
        return new Conversion(source, configs, Weights.AVERAGED, loras, type);
    }

    /** The same, writing floating-point tensors in this type. */
    public Conversion withType(ElementType other) {
        return new Conversion(source, configs, weights, loras, Optional.of(other));
    }

    /** With {@code scale} times the updates of a LoRA file merged into the weights for good. Several add up. */
    public Conversion withLora(Path file, double scale) {
        return new Conversion(source, configs, weights, Lora.added(loras, file, scale), type);
    }

    /**
     * Writes the model: to one file if {@code target} ends in {@code .safetensors}, to a folder otherwise.
     *
     * @throws CancelledException if the thread is interrupted; the part that is being written is finished
     * @throws WeightsException if the source is broken, or of a family that has no single files
     */
    public void to(Path target) {
        if (target.toString().endsWith(".ckpt")) {
            throw new IllegalArgumentException(target + ": checkpoints are read but not written, name it " + SINGLE);
        }
        try (NDManager manager = TorchEngine.newManager(Device.cpu())) {
            if (Files.isDirectory(source)) {
                try (ModelWeights tensors = new ModelWeights.Folder(source)) {
                    ModelFolder folder = ModelFolder.of(configs.orElse(source));
                    write(target, tensors, sampled(folder, Stream.of()), family(folder.configs()), manager);
                }
                return;
            }
            try (SingleFile file = SingleFile.open(source)) {
                ModelFolder folder = configs.map(ModelFolder::of).orElseGet(() -> ModelFolder.of(file));
                ModelFolder named = sampled(folder, Stream.of(FewSteps.named(source)));
                write(target, new ModelWeights.Single(file), named, Optional.of(file.family()), manager);
            }
        }
    }

    /** The folder of a model that keeps being sampled in a few steps, if LoRAs or {@code name} make it so. */
    private ModelFolder sampled(ModelFolder folder, Stream<FewSteps> name) {
        SamplerConfig own = folder.configs().sampler();
        SamplerConfig sampler =
                FewSteps.strongest(Stream.concat(Lora.fewSteps(loras), name)).sampler(own);
        return sampler.equals(own) ? folder : folder.with(sampler);
    }

    private void write(
            Path target, ModelWeights tensors, ModelFolder folder, Optional<ModelFamily> family, NDManager manager) {
        ModelConfigs configs = folder.configs();
        Map<ModelPart, StateDict> parts =
                parts(ModelWeights.Adapted.of(tensors, configs.text().keySet(), loras, manager), configs);
        CancelledException.ifInterrupted("the conversion");
        ElementType floats = type.orElse(null);
        if (target.toString().endsWith(SINGLE)) {
            SingleFile.write(target, family.orElseThrow(this::noFamily), parts, floats, manager);
            return;
        }
        folder.writeConfigs(target, type.orElse(ElementType.F32));
        parts.forEach((part, dict) -> {
            CancelledException.ifInterrupted("the conversion");
            SafeTensors.write(file(target, part), dict, Map.of(), floats, manager);
        });
    }

    private Map<ModelPart, StateDict> parts(ModelWeights tensors, ModelConfigs model) {
        Map<ModelPart, StateDict> parts = new EnumMap<>(ModelPart.class);
        parts.put(ModelPart.UNET, tensors.unet(weights));
        if (model.vae().isPresent()) {
            parts.put(ModelPart.VAE, tensors.vae());
        }
        model.text()
                .forEach((part, text) ->
                        parts.put(part, tensors.text(part, text.encoder().layerCount())));
        return parts;
    }

    private static Path file(Path folder, ModelPart part) {
        boolean text = part == ModelPart.TEXT_ENCODER || part == ModelPart.TEXT_ENCODER_2;
        return folder.resolve(part.folder()).resolve((text ? "model" : "diffusion_pytorch_model") + SINGLE);
    }

    /** The family whose single files hold such a model: OpenAI's text encoder tells 1 from 2. */
    private static Optional<ModelFamily> family(ModelConfigs model) {
        if (model.vae().isEmpty() || !model.text().containsKey(ModelPart.TEXT_ENCODER)) {
            return Optional.empty();
        }
        if (model.text().containsKey(ModelPart.TEXT_ENCODER_2)) {
            return Optional.of(ModelFamily.SDXL);
        }
        boolean openAi =
                model.text().get(ModelPart.TEXT_ENCODER).encoder().transformer().activation() == Activation.QUICK_GELU;
        return Optional.of(openAi ? ModelFamily.SD1 : ModelFamily.SD2);
    }

    private WeightsException noFamily() {
        return new WeightsException(
                source + ": neither Stable Diffusion 1, 2 nor XL, which alone have single files: convert to a folder");
    }
}
