package io.percolate.conditioning.tokenizer;

import io.percolate.conditioning.tokenizer.BytePairVocabulary.Merge;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a published tokenizer folder: {@code vocab.json} with {@code merges.txt}, or {@code tokenizer.json}.
 *
 * <p>Only the vocabulary, the merges and the special tokens are taken from the files; how text is
 * normalised and split is the same in every CLIP, so no regular expression of a file is ever run.
 */
final class TokenizerFolder {

    private static final long LARGEST_MERGES = 16L << 20;

    private final Path folder;

    TokenizerFolder(Path folder) {
        this.folder = folder;
    }

    /** The vocabulary; fails with one line that names the file at fault. */
    BytePairVocabulary vocabulary() {
        boolean split = Files.exists(folder.resolve("vocab.json"));
        Path file = folder.resolve(split ? "vocab.json" : "tokenizer.json");
        if (!Files.exists(file)) {
            throw new WeightsException(folder + ": neither vocab.json with merges.txt nor tokenizer.json is there");
        }
        try {
            return split ? fromVocabAndMerges() : fromTokenizerJson(JsonConfig.read(file));
        } catch (IllegalArgumentException e) {
            throw new WeightsException(file + ": " + e.getMessage(), e);
        }
    }

    /** The special tokens; CLIP's where the folder says nothing. */
    SpecialTokens specialTokens() {
        Optional<JsonConfig> config = optional("tokenizer_config.json");
        List<JsonConfig> sources = new ArrayList<>();
        optional("special_tokens_map.json").ifPresent(sources::add);
        config.ifPresent(c -> sources.add(c.isNull("added_tokens_decoder") ? sources.size() : 0, c));
        String end = token(sources, "eos_token").orElse(SpecialTokens.END);
        try {
            return new SpecialTokens(
                    token(sources, "bos_token").orElse(SpecialTokens.START),
                    end,
                    token(sources, "pad_token").orElse(end),
                    config.map(TokenizerFolder::maxLength).orElse(SpecialTokens.CLIP_LENGTH));
        } catch (IllegalArgumentException e) {
            throw new WeightsException(folder.resolve("tokenizer_config.json") + ": " + e.getMessage(), e);
        }
    }

    private BytePairVocabulary fromVocabAndMerges() {
        Map<String, Object> ids = JsonConfig.read(folder.resolve("vocab.json")).values();
        Map<String, Object> added =
                optional("added_tokens.json").map(JsonConfig::values).orElse(Map.of());
        return new BytePairVocabulary(ids(ids, added), merges(folder.resolve("merges.txt")), added.keySet());
    }

    private static BytePairVocabulary fromTokenizerJson(JsonConfig json) {
        JsonConfig model = section(json, "model");
        requireClip(model);
        Map<String, Object> added = addedTokens(json);
        List<Merge> merges = list(model.values().get("merges")).stream()
                .map(TokenizerFolder::merge)
                .toList();
        return new BytePairVocabulary(ids(section(model, "vocab").values(), added), merges, added.keySet());
    }

    private static Map<String, Object> addedTokens(JsonConfig json) {
        Map<String, Object> added = new HashMap<>();
        for (Object entry : list(json.values().get("added_tokens"))) {
            if (!(entry instanceof Map<?, ?> token && token.get("content") instanceof String content)) {
                throw new IllegalArgumentException("added token " + entry + " has no content");
            }
            added.put(content, token.get("id"));
        }
        return added;
    }

    private static void requireClip(JsonConfig model) {
        String type = model.string("type", "BPE");
        String suffix = model.string("end_of_word_suffix", "");
        if (!type.equals("BPE") || !suffix.equals(BytePairVocabulary.END_OF_WORD)) {
            throw new IllegalArgumentException("a " + type + " model with end_of_word_suffix \"" + suffix
                    + "\" is not a CLIP tokenizer, which is BPE with \"" + BytePairVocabulary.END_OF_WORD + "\"");
        }
    }

    private static JsonConfig section(JsonConfig json, String key) {
        return json.section(key).orElseThrow(() -> new IllegalArgumentException("no \"" + key + "\" in it"));
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<String, Integer> ids(Map<String, Object> vocabulary, Map<String, Object> added) {
        Map<String, Object> all = new HashMap<>(vocabulary);
        all.putAll(added);
        Map<String, Integer> ids = new HashMap<>();
        all.forEach((token, id) -> {
            if (!(id instanceof Integer number)) {
                throw new IllegalArgumentException("token \"" + token + "\" has the id " + id + ", not a number");
            }
            ids.put(token, number);
        });
        return ids;
    }

    private static List<Merge> merges(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_MERGES) {
                throw new IllegalArgumentException("merges.txt beside it is missing or larger than 16 MB");
            }
            return merges(file, Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("merges.txt beside it cannot be read as UTF-8 text", e);
        }
    }

    private static List<Merge> merges(Path file, String text) {
        try {
            return MergesText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WeightsException(file + ": " + e.getMessage(), e);
        }
    }

    /** A merge as {@code tokenizer.json} has it: a line of text, or in newer files a list. */
    private static Merge merge(Object value) {
        if (value instanceof String line) {
            return MergesText.merge(line);
        }
        if (value instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof String left
                && pair.get(1) instanceof String right) {
            return new Merge(left, right);
        }
        throw new IllegalArgumentException("merge " + value + " is not a pair of tokens");
    }

    private Optional<JsonConfig> optional(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::exists).map(JsonConfig::read);
    }

    private static Optional<String> token(List<JsonConfig> sources, String key) {
        return sources.stream()
                .filter(source -> !source.isNull(key))
                .findFirst()
                .map(source -> source.values().get(key) instanceof String text
                        ? text
                        : section(source, key).string("content"));
    }

    private static int maxLength(JsonConfig config) {
        double length = config.number("model_max_length", SpecialTokens.CLIP_LENGTH);
        return length > 100_000 ? SpecialTokens.CLIP_LENGTH : (int) length;
    }
}
