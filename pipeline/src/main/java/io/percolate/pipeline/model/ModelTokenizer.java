package io.percolate.pipeline.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens the tokenizer that reads a model's prompts, without the rest of the model. */
public final class ModelTokenizer {

    private ModelTokenizer() {}

    /** The first tokenizer of {@code model}, a folder or a single file; whoever asks for it closes it. */
    public static ClipTokenizer open(Path model) {
        return Files.isRegularFile(model) ? ofFile(model) : ofFolder(model);
    }

    /** The same with the tokens that {@code embeddings} add to the model. */
    public static ClipTokenizer open(Path model, List<LearnedEmbedding> embeddings) {
        if (embeddings.isEmpty()) {
            return open(model);
        }
        try (NDManager manager = TorchEngine.newManager(Device.cpu())) {
            Map<ModelPart, TextPart> text = text(model);
            LearnedTokens learned = LearnedTokens.open(embeddings, text, manager);
            Map.Entry<ModelPart, TextPart> first = text.entrySet().iterator().next();
            LearnedTokens.For own = learned.of(first.getKey(), first.getValue().encoder());
            return first.getValue().tokenizer().open(own::vocabulary);
        }
    }

    private static Map<ModelPart, TextPart> text(Path model) {
        if (!Files.isRegularFile(model)) {
            return ModelConfigs.read(model).text();
        }
        try (SingleFile file = SingleFile.open(model)) {
            return PublishedConfigs.of(file).text();
        }
    }

    private static ClipTokenizer ofFile(Path model) {
        try (SingleFile file = SingleFile.open(model)) {
            TextPart first =
                    PublishedConfigs.of(file).text().values().iterator().next();
            return first.tokenizer().open();
        }
    }

    private static ClipTokenizer ofFolder(Path model) {
        Path first = model.resolve(ModelConfigs.tokenizerFolder(ModelPart.TEXT_ENCODER));
        Path second = model.resolve(ModelConfigs.tokenizerFolder(ModelPart.TEXT_ENCODER_2));
        return ClipTokenizer.load(Files.isDirectory(first) || !Files.isDirectory(second) ? first : second);
    }
}
