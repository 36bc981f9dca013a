package io.percolate.pipeline.training.conditioning;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.prompts.StableDiffusionXlText;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.conditioning.tokenizer.BytePairVocabulary;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import io.percolate.conditioning.tokenizer.VocabularyTrainer;
import io.percolate.files.AtomicFile;
import io.percolate.files.FailureReason;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.recipe.TextRecipe;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A text encoder that is trained along with a denoiser, and the vocabulary that was learned for it. */
public final class CaptionEncoder implements AutoCloseable {

    private static final String TOKENIZER = "tokenizer_2";
    private static final String ENCODER = "text_encoder_2";

    private final StableDiffusionXlText text;
    private final Consumer<Path> tokenizerFiles;

    private CaptionEncoder(TextTower tower, Consumer<Path> tokenizerFiles, NDManager manager) {
        text = new StableDiffusionXlText(List.of(tower), false, manager);
        this.tokenizerFiles = tokenizerFiles;
    }

    /** Learns a vocabulary from the captions of {@code dataset}; the encoder has no values yet. */
    public static CaptionEncoder learn(TextRecipe recipe, ImageDataset dataset, NDManager manager) {
        List<String> captions = dataset.entries().stream()
                .flatMap(entry -> entry.captions().stream())
                .toList();
        BytePairVocabulary vocabulary =
                VocabularyTrainer.learn(captions, recipe.vocabularySize() - VocabularyTrainer.TOKENS_WITHOUT_MERGES);
        SpecialTokens special = SpecialTokens.clip(recipe.maxLength());
        ClipTokenizer tokenizer = new ClipTokenizer(vocabulary, special);
        TextEncoderConfig config = TextEncoderConfig.of(tokenizer, recipe.width(), recipe.layers(), recipe.heads());
        TextTower tower = new TextTower(tokenizer, new ClipTextEncoder(config));
        return new CaptionEncoder(tower, folder -> vocabulary.save(folder, special), manager);
    }

    /** The text encoder and vocabulary of a model that was trained here. */
    public static CaptionEncoder load(Path model, NDManager manager) {
        Path tokenizer = model.resolve(TOKENIZER);
        TextTower tower = TextTower.load(tokenizer, model.resolve(ENCODER), manager);
        return new CaptionEncoder(tower, folder -> copy(tokenizer, folder), manager);
    }

    /** Reads captions with it. */
    public StableDiffusionXlText text() {
        return text;
    }

    /** The network. */
    public ClipTextEncoder encoder() {
        return text.towers().get(0).encoder();
    }

    /** What is trained of it, by the names that checkpoints use. */
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> named = new LinkedHashMap<>();
        encoder().parameters().forEach((name, parameter) -> named.put(ENCODER + "." + name, parameter));
        return named;
    }

    /** Writes the folders {@code tokenizer_2} and {@code text_encoder_2}. */
    public void save(Path folder) {
        tokenizerFiles.accept(folder.resolve(TOKENIZER));
        encoder().save(folder.resolve(ENCODER), ElementType.F32);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(file -> !file.equals(to.resolve(file.getFileName())))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                AtomicFile.write(to.resolve(file.getFileName()), out -> out.write(content));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to + ": " + FailureReason.of(e), e);
        }
    }

    @Override
    public void close() {
        text.close();
    }
}
