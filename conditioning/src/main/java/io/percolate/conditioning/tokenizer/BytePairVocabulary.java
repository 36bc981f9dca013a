package io.percolate.conditioning.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vocabulary of a byte-pair encoding (Sennrich et al. 2016) in CLIP's variant, where the last symbol of
 * a word carries the suffix {@code </w>}.
 *
 * @param ids every token's id
 * @param merges the pairs of tokens to join, most important first
 * @param added tokens that are found in a text as they stand, before it is split into words
 */
public record BytePairVocabulary(Map<String, Integer> ids, List<Merge> merges, Set<String> added) {

    /** Larger ids would ask for an embedding table beyond any published one. */
    private static final int LARGEST_ID = 10_000_000;

    /** What marks the last symbol of a word. */
    static final String END_OF_WORD = "</w>";

    public BytePairVocabulary {
        ids = Map.copyOf(ids);
        merges = List.copyOf(merges);
        added = Set.copyOf(added);
        requireDistinct(ids);
        for (Merge merge : merges) {
            merge.requireKnown(ids);
        }
    }

    /**
     * CLIP's layout: the 256 byte symbols, the same with {@code </w>}, one token for each merge, and CLIP's
     * start and end token.
     */
    public static BytePairVocabulary of(List<Merge> merges) {
        Map<String, Integer> ids = new HashMap<>();
        ByteSymbols.ALL.forEach(symbol -> ids.put(symbol, ids.size()));
        ByteSymbols.ALL.forEach(symbol -> ids.put(symbol + END_OF_WORD, ids.size()));
        merges.forEach(merge -> ids.putIfAbsent(merge.joined(), ids.size()));
        ids.put(SpecialTokens.START, ids.size());
        ids.put(SpecialTokens.END, ids.size());
        return new BytePairVocabulary(ids, merges, Set.of());
    }

    /** The 49,408 tokens that every published CLIP and OpenCLIP has, for model files that come without a tokenizer. */
    public static BytePairVocabulary clip() {
        try (InputStream in = BytePairVocabulary.class.getResourceAsStream("clip-merges.txt")) {
            return of(MergesText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Two neighbouring tokens that become one.
     *
     * @param left the first token
     * @param right the second token
     */
    public record Merge(String left, String right) {

        /** The token that the two become. */
        public String joined() {
            return left + right;
        }

        private void requireKnown(Map<String, Integer> ids) {
            for (String token : List.of(left, right, joined())) {
                if (!ids.containsKey(token)) {
                    throw new IllegalArgumentException("merge \"" + left + " " + right + "\" needs the token \"" + token
                            + "\", which is not in the vocabulary");
                }
            }
        }
    }

    /**
     * The same with a token that stands for {@code count} vectors: it and {@code token_1}, {@code token_2} ... have the ids
     * from {@code firstId} on.
     *
     * @throws IllegalArgumentException if there is such a token
     */
    public BytePairVocabulary withLearned(String token, int count, int firstId) {
        if (token.isBlank() || ids.containsKey(token)) {
            throw new IllegalArgumentException("a learned token called \"" + token
                    + "\": the vocabulary has it already, or it is blank; call it otherwise");
        }
        Map<String, Integer> more = new HashMap<>(ids);
        Set<String> learned = new HashSet<>(added);
        for (int i = 0; i < count; i++) {
            String name = i == 0 ? token : follower(token, i);
            more.put(name, firstId + i);
            learned.add(name);
        }
        return new BytePairVocabulary(more, merges, learned);
    }

    /** The ids that each added token of several vectors stands for, its own first. */
    Map<Integer, List<Integer>> expansions() {
        Map<Integer, List<Integer>> expansions = new HashMap<>();
        for (String token : added) {
            List<Integer> all = new ArrayList<>(List.of(id(token)));
            for (int i = 1; added.contains(follower(token, i)); i++) {
                all.add(id(follower(token, i)));
            }
            expansions.put(id(token), all);
        }
        return expansions;
    }

    /** As diffusers calls the further vectors of a token. */
    private static String follower(String token, int i) {
        return token + "_" + i;
    }

    /** The id of {@code token}; fails if the vocabulary does not have it. */
    public int id(String token) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new IllegalArgumentException(
                    "token \"" + token + "\" is not among the " + ids.size() + " tokens of the vocabulary");
        }
        return id;
    }

    /** Rows that an embedding table for this vocabulary needs: the largest id and one. */
    public int size() {
        return ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    }

    /**
     * Writes {@code vocab.json}, {@code merges.txt}, {@code tokenizer_config.json} and {@code
     * special_tokens_map.json} as published tokenizer folders have them.
     */
    public void save(Path folder, SpecialTokens special) {
        new TokenizerWriter(folder).write(this, special);
    }

    private static void requireDistinct(Map<String, Integer> ids) {
        Set<Integer> seen = new HashSet<>();
        ids.forEach((token, id) -> {
            if (id < 0 || id > LARGEST_ID) {
                throw new IllegalArgumentException(
                        "token \"" + token + "\" has id " + id + ", outside 0.." + LARGEST_ID);
            }
            if (!seen.add(id)) {
                throw new IllegalArgumentException(
                        "token \"" + token + "\" shares its id " + id + " with another token");
            }
        });
    }
}
