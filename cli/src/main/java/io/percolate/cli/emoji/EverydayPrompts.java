package io.percolate.cli.emoji;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people type who do not know the names of emoji: 200 prompts, each for one emoji that it should be nearest to. No
 * model is trained on them, though on most of their words: whether it generates them shows whether it knows what things
 * are called.
 */
final class EverydayPrompts {

    private static final Map<String, String> BY_LABEL = read();

    private EverydayPrompts() {}

    /** The prompt for {@code emoji}, if there is one. */
    static Optional<String> of(Emoji emoji) {
        return Optional.ofNullable(BY_LABEL.get(emoji.name().label()));
    }

    /** All of them, by the label of the emoji. */
    static Map<String, String> byLabel() {
        return BY_LABEL;
    }

    private static Map<String, String> read() {
        try (InputStream rows = EverydayPrompts.class.getResourceAsStream("everyday.tsv")) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(row -> row.split("\t"))
                    .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> row[1]));
        } catch (IOException failure) {
            throw new IllegalStateException("everyday.tsv is part of this program", failure);
        }
    }
}
