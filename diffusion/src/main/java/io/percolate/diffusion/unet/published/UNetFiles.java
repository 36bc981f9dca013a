package io.percolate.diffusion.unet.published;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A U-Net as diffusers keeps it in a folder: {@code config.json} and the tensors beside it. */
public final class UNetFiles {

    private UNetFiles() {}

    /**
     * Reads a folder, the tensors under any of their published names. The parameters are float32 and belong to {@code
     * manager}.
     *
     * @throws WeightsException if an option is not supported or the tensors do not fit
     */
    public static UNet load(Path folder, NDManager manager) {
        UNetConfig config = config(folder);
        try (StateDict dict = WeightFile.open(folder)) {
            return load(config, dict, manager);
        }
    }

    /**
     * Reads a folder for a network of shape {@code wanted}, which differs from that in the folder by the channels of
     * what it denoises, or by {@linkplain UNetConfig#withFiner levels before the finest}: what is inside is taken over,
     * and the rest gets random first values. The same shape takes all.
     *
     * @throws WeightsException if an option is not supported or the tensors do not fit
     */
    public static UNet load(Path folder, UNetConfig wanted, int seed, NDManager manager) {
        try (StateDict dict = WeightFile.open(folder)) {
            return new WarmStart(config(folder), wanted).load(LegacyKeys.current(dict), seed, manager);
        }
    }

    /** A network of shape {@code config} with the tensors of {@code dict}, which must be exactly its own. */
    public static UNet load(UNetConfig config, StateDict dict, NDManager manager) {
        UNet unet = new UNet(config);
        StrictLoading.load(LegacyKeys.current(dict), unet.shapes(), unet::assign, manager);
        return unet;
    }

    /** The shape of the network in a folder. */
    public static UNetConfig config(Path folder) {
        return UNetJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG)));
    }

    /** Writes a folder as {@link #load(Path, NDManager)} reads it, the tensors as {@code type}. */
    public static void save(UNet unet, Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        unet.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(DiffusersLayout.WEIGHTS), tensors, Map.of(), type);
        UNetJson.write(unet.config()).write(folder.resolve(DiffusersLayout.CONFIG));
    }
}
