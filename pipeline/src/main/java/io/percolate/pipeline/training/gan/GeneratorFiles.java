package io.percolate.pipeline.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A generator's folder: {@code config.json} and the weights. */
final class GeneratorFiles {

    private GeneratorFiles() {}

    static ImageGenerator load(Path folder, NDManager manager) {
        JsonConfig config = JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG));
        ImageGenerator generator = new ImageGenerator(GeneratorSize.from(config));
        try (StateDict dict = WeightFile.open(folder)) {
            StrictLoading.load(dict, generator.shapes(), generator::assign, manager);
        }
        return generator;
    }

    static void save(ImageGenerator generator, Path folder) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        generator.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(DiffusersLayout.WEIGHTS), tensors, Map.of(), name -> ElementType.F32);
        JsonConfig.of(generator.size().values()).write(folder.resolve(DiffusersLayout.CONFIG));
    }
}
