package io.percolate.weights;

import ai.djl.ndarray.NDManager;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.layout.NameMap;
import io.percolate.weights.layout.VaeLayout;
import io.percolate.weights.pickle.TorchPickle;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorMap;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A whole model in one file ({@code .safetensors} or {@code .ckpt}), in the names of the original repositories.
 *
 * <p>Each part is a view with the names and shapes that the part has in a diffusers folder. Reading is lazy.
 */
public final class SingleFile implements AutoCloseable {

    private static final String AVERAGE = "model_ema.";

    private final StateDict dict;
    private final ModelFamily family;

    private SingleFile(StateDict dict) {
        this.dict = dict;
        this.family = FamilyDetection.of(dict);
    }

    /** Opens a file and finds out its family. */
    public static SingleFile open(Path file) {
        StateDict dict = WeightFile.open(file);
        try {
            return new SingleFile(dict);
        } catch (RuntimeException e) {
            dict.close();
            throw e;
        }
    }

    /**
     * Opens an autoencoder in any form: a folder or file in diffusers names, one in the original names, or a
     * whole model that contains it.
     */
    public static StateDict openVae(Path path) {
        StateDict dict = WeightFile.open(path);
        if (dict.names().stream().anyMatch(name -> name.startsWith("first_stage_model."))) {
            return new VaeLayout().toFolder(dict.under("first_stage_model."));
        }
        boolean original = dict.names().stream().anyMatch(name -> name.startsWith("encoder.down."));
        return original ? new VaeLayout().toFolder(dict) : LegacyKeys.current(dict);
    }

    /**
     * Opens a U-Net in any form: a folder or file in diffusers names, one in the original names of {@code family}, or a
     * whole model that contains it.
     */
    public static StateDict openUNet(Path path, ModelFamily family) {
        StateDict dict = WeightFile.open(path);
        ModelFamily.Section section = family.section(ModelPart.UNET);
        if (dict.names().stream().anyMatch(name -> name.startsWith(section.prefix()))) {
            return section.layout().toFolder(dict.under(section.prefix()));
        }
        if (dict.has("input_blocks.0.0.weight")) {
            return section.layout().toFolder(dict);
        }
        if (dict.has("conv_in.weight") && dict.has("time_embedding.linear_1.weight")) {
            return LegacyKeys.current(dict);
        }
        dict.close();
        throw new WeightsException(path + ": no U-Net: nothing is called conv_in.weight, input_blocks.0.0.weight or "
                + section.prefix() + "...; a LoRA is given with --lora, a whole model with --model");
    }

    /** The family that the tensors' names tell. */
    public ModelFamily family() {
        return family;
    }

    /** Every tensor under its name in the file. */
    public StateDict tensors() {
        return dict;
    }

    /** One part as its diffusers folder has it. Closing the view closes the file. */
    public StateDict part(ModelPart part) {
        ModelFamily.Section section = family.section(part);
        StateDict own = dict.under(part == ModelPart.VAE ? vaePrefix() : section.prefix());
        if (own.names().isEmpty()) {
            throw new WeightsException(dict.source() + ": the " + part.folder() + " is missing: nothing is called "
                    + section.prefix() + "...");
        }
        return section.layout().toFolder(own);
    }

    /**
     * A text encoder with its first {@code layers} layers only: SD 2 uses the state before the last layer, so its
     * config counts one less than the file may hold.
     */
    public StateDict textEncoder(ModelPart part, int layers) {
        String prefix = "text_model.encoder.layers.";
        return part(part).where(name -> NameMap.count(List.of(name), prefix) <= layers);
    }

    /** Whether the file has, beside the U-Net, the average of its weights over training. */
    public boolean hasAverage() {
        return dict.names().stream().anyMatch(name -> name.startsWith(AVERAGE + "diffusion_model"));
    }

    /** The U-Net with its averaged weights, as a diffusers folder has it. */
    public StateDict averagedUNet() {
        if (!hasAverage()) {
            throw new WeightsException(dict.source() + ": no averaged (EMA) weights here, use the plain ones");
        }
        ModelFamily.Section section = family.section(ModelPart.UNET);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : dict.under(section.prefix()).names()) {
            String average = AVERAGE + ("diffusion_model." + name).replace(".", "");
            tensors.put(name, new TensorMap.Entry(dict, average, name));
        }
        return section.layout().toFolder(new TensorMap(dict.source(), tensors, dict::close));
    }

    /** How many steps the model was trained, if a {@code .ckpt} says so. */
    public OptionalLong trainingSteps() {
        Number steps = dict instanceof TorchPickle pickle ? pickle.numbers().get("global_step") : null;
        return steps == null ? OptionalLong.empty() : OptionalLong.of(steps.longValue());
    }

    /**
     * Writes a model's parts, given as their diffusers folders have them, as one safetensors file; see
     * {@link SafeTensors#write} for {@code floatType} and {@code manager}.
     */
    public static void write(
            Path file, ModelFamily family, Map<ModelPart, StateDict> parts, ElementType floatType, NDManager manager) {
        if (!parts.keySet().equals(family.parts())) {
            throw new IllegalArgumentException(family + " needs " + family.parts() + " but got " + parts.keySet());
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        parts.forEach((part, dict) -> {
            ModelFamily.Section section = family.section(part);
            StateDict single = section.layout().toSingle(dict).withPrefix(section.prefix());
            single.names().forEach(name -> tensors.put(name, new TensorMap.Entry(single, name, name)));
        });
        SafeTensors.write(file, new TensorMap(file.toString(), tensors, () -> {}), Map.of(), floatType, manager);
    }

    @Override
    public void close() {
        dict.close();
    }

    private String vaePrefix() {
        boolean isShort = dict.names().stream().anyMatch(name -> name.startsWith("vae."));
        return isShort ? "vae." : family.section(ModelPart.VAE).prefix();
    }
}
