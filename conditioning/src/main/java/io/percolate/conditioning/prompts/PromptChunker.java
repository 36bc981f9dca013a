package io.percolate.conditioning.prompts;

import io.percolate.conditioning.prompts.PromptWeights.Part;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays the tokens of weighted text into chunks of the encoder's length, each with start and end token. */
final class PromptChunker {

    private static final String BREAK = "\\s*\\bBREAK\\b\\s*";

    private final ClipTokenizer tokenizer;
    private final int capacity;
    private final List<PromptChunk> chunks = new ArrayList<>();
    private List<Integer> ids = new ArrayList<>();
    private List<Float> weights = new ArrayList<>();

    PromptChunker(ClipTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.capacity = tokenizer.maxLength() - 2;
    }

    List<PromptChunk> chunks(List<Part> parts) {
        for (Part part : parts) {
            String[] stretches = part.text().split(BREAK, -1);
            for (int i = 0; i < stretches.length; i++) {
                if (i > 0) {
                    endChunk();
                }
                add(stretches[i], part.weight());
            }
        }
        if (!ids.isEmpty() || chunks.isEmpty()) {
            endChunk();
        }
        return List.copyOf(chunks);
    }

    private void add(String text, float weight) {
        for (int id : tokenizer.words(text)) {
            if (ids.size() == capacity) {
                endChunk();
            }
            ids.add(id);
            weights.add(weight);
        }
    }

    private void endChunk() {
        Tokens tokens = tokenizer.frame(ids.stream().mapToInt(Integer::intValue), Optional.empty());
        List<Float> framed = new ArrayList<>(List.of(1f));
        framed.addAll(weights);
        while (framed.size() < tokens.ids().size()) {
            framed.add(1f);
        }
        chunks.add(new PromptChunk(tokens, framed));
        ids = new ArrayList<>();
        weights = new ArrayList<>();
    }
}
