package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** An autoencoder's folder: {@code config.json} and the weights, under today's names or those of before 2023. */
final class VaeFiles {

    private VaeFiles() {}

    static AutoencoderKl load(Path folder, NDManager manager) {
        VaeConfig config = VaeJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG)));
        try (StateDict dict = WeightFile.open(folder)) {
            return load(config, dict, manager);
        }
    }

    /** Gives every parameter its tensor, or none; fails naming everything that does not fit. */
    static AutoencoderKl load(VaeConfig config, StateDict dict, NDManager manager) {
        AutoencoderKl vae = new AutoencoderKl(config);
        StrictLoading.load(LegacyKeys.current(dict), vae.shapes(), vae::assign, manager);
        return vae;
    }

    /**
     * Numbers are written as {@code type}, except that convolutions with the {@linkplain FoldedScale latent scale folded
     * in} stay float32: rounded once more, they would decode to other images.
     */
    static void save(AutoencoderKl vae, Path folder, ElementType type) {
        FoldedScale folded = new FoldedScale(vae.config());
        write(
                folder,
                folded.config(),
                () -> folded.tensors(tensors(vae)),
                name -> folded.changes(name) ? ElementType.F32 : type);
    }

    /** The same with float32 numbers and latents that {@code alignment} turns. */
    static void save(AutoencoderKl vae, Path folder, LatentAlignment alignment) {
        write(folder, alignment.config(vae.config()), () -> alignment.tensors(tensors(vae)), name -> ElementType.F32);
    }

    private static void write(
            Path folder, VaeConfig config, Supplier<Map<String, NDArray>> tensors, Function<String, ElementType> type) {
        Scope.run(() ->
                SafeTensors.write(folder.resolve(DiffusersLayout.WEIGHTS), Gradients.off(tensors), Map.of(), type));
        VaeJson.write(config).write(folder.resolve(DiffusersLayout.CONFIG));
    }

    private static Map<String, NDArray> tensors(AutoencoderKl vae) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        vae.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        return tensors;
    }
}
