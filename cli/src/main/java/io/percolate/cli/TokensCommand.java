package io.percolate.cli;

import io.percolate.command.options.EmbeddingOptions;
import io.percolate.command.options.JsonText;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.Tokens;
import io.percolate.pipeline.model.ModelTokenizer;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate tokens}. */
@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = "Print the tokens of a prompt, and what is cut off because the prompt is too long.")
final class TokensCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PROMPT", description = "prompt")
    private String prompt;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "model whose tokenizer to use (default: the embedded model)")
    private Path model;

    @Mixin
    private EmbeddingOptions embeddings;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        try (ClipTokenizer tokenizer = tokenizer()) {
            Tokens tokens = tokenizer.encode(prompt);
            List<Token> read = tokens.ids().stream()
                    .limit(tokens.count())
                    .map(id -> new Token(id, tokenizer.token(id)))
                    .toList();
            spec.commandLine().getOut().println(json ? object(read, tokens) : table(read, tokens));
        }
        return 0;
    }

    private ClipTokenizer tokenizer() {
        return ModelTokenizer.open(model == null ? EmbeddedModel.folder() : model, embeddings.all());
    }

    /** One line of the answer. */
    record Token(int id, String token) {}

    private static String object(List<Token> read, Tokens tokens) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tokens", read);
        answer.put("limit", tokens.ids().size());
        tokens.cut().ifPresent(cut -> answer.put("cut", cut));
        return JsonText.of(answer);
    }

    private static String table(List<Token> read, Tokens tokens) {
        String end = System.lineSeparator();
        String lines = read.stream()
                .map(token -> "%6d  %s".formatted(token.id(), token.token()))
                .collect(Collectors.joining(end));
        String count =
                end + "%d of %d tokens".formatted(tokens.count(), tokens.ids().size());
        return lines + count + tokens.cut().map(cut -> "; cut: " + cut).orElse("");
    }
}
