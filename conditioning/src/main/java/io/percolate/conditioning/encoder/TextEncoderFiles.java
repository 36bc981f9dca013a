package io.percolate.conditioning.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.nn.layers.Parameter;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text encoder's folder: {@code config.json} and the weights, {@code model.safetensors} as a rule. */
final class TextEncoderFiles {

    private static final String PREFIX = "text_model.";

    /** Buffers, and the other half of a whole CLIP. */
    private static final List<String> NOT_OURS =
            List.of("text_model.embeddings.position_ids", "vision_model.", "visual_projection.", "logit_scale");

    private TextEncoderFiles() {}

    static ClipTextEncoder load(Path folder, NDManager manager) {
        TextEncoderConfig config = TextEncoderJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG)));
        try (StateDict dict = WeightFile.open(folder)) {
            return load(config, dict, manager);
        }
    }

    static ClipTextEncoder load(TextEncoderConfig config, StateDict dict, NDManager manager) {
        ClipTextEncoder encoder = new ClipTextEncoder(config);
        StrictLoading.load(ours(dict), encoder.shapes(), encoder::assign, manager);
        return encoder;
    }

    static LoadReport compare(TextEncoderConfig config, StateDict dict) {
        return LoadReport.compare(ours(dict), new ClipTextEncoder(config).shapes());
    }

    static StateDict ours(StateDict dict) {
        boolean prefixed = dict.names().stream().anyMatch(name -> name.startsWith(PREFIX));
        return dict.renamed(name -> name(name, prefixed));
    }

    static void save(ClipTextEncoder encoder, Path folder, ElementType type) {
        JsonConfig config = TextEncoderJson.write(encoder.config(), type);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        encoder.parameters().forEach((String name, Parameter parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(DiffusersLayout.TEXT_WEIGHTS), tensors, Map.of(), type);
        config.write(folder.resolve(DiffusersLayout.CONFIG));
    }

    /** Our name of a tensor, or null; newer files leave the prefix out. */
    private static String name(String published, boolean prefixed) {
        String name = prefixed || published.startsWith("text_projection.") ? published : PREFIX + published;
        return NOT_OURS.stream().anyMatch(name::startsWith) ? null : name;
    }
}
