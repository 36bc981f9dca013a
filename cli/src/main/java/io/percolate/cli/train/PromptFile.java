package io.percolate.cli.train;

import io.percolate.files.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prompts as text, one a line; empty lines do not count. */
record PromptFile(Path file) {

    /**
     * The prompts.
     *
     * @throws IllegalArgumentException if there are none
     */
    List<String> prompts() {
        try {
            List<String> prompts = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (prompts.isEmpty()) {
                throw new IllegalArgumentException("--prompts " + file + " has no prompts: write one a line");
            }
            return prompts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read --prompts " + file + ": " + FailureReason.of(e), e);
        }
    }
}
