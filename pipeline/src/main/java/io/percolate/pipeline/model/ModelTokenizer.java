package io.percolate.pipeline.model;

import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelPart;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the tokenizer that reads a model's prompts, without the rest of the model. */
public final class ModelTokenizer {

    private ModelTokenizer() {}

    /** The first tokenizer of {@code model}, a folder or a single file; whoever asks for it closes it. */
    public static ClipTokenizer open(Path model) {
        return Files.isRegularFile(model) ? ofFile(model) : ofFolder(model);
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
