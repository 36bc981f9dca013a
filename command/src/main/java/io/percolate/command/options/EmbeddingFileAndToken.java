package io.percolate.command.options;

import io.percolate.pipeline.model.LearnedEmbedding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads a textual inversion's file and what it is called in prompts, such as {@code cat.safetensors:<my-cat>}. */
final class EmbeddingFileAndToken implements ITypeConverter<LearnedEmbedding> {

    private static final Pattern NAMED = Pattern.compile("(.+?):([^:/\\\\]+)");

    @Override
    public LearnedEmbedding convert(String text) {
        Matcher named = NAMED.matcher(text);
        return named.matches() && !Files.exists(Path.of(text))
                ? new LearnedEmbedding(Path.of(named.group(1)), Optional.of(named.group(2)))
                : new LearnedEmbedding(Path.of(text), Optional.empty());
    }
}
