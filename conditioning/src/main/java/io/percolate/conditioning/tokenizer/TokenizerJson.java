package io.percolate.conditioning.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Describes CLIP's tokenizer in the form that the native tokenizer library reads.
 *
 * <p>Text is brought to Unicode's composed form, white space to single blanks and letters to lower case;
 * words are runs of letters, single digits, runs of other signs, and the English contractions; a word is
 * spelled in bytes and its symbols are joined by the merges.
 */
final class TokenizerJson {

    private static final String WORDS =
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private TokenizerJson() {}

    private static final JsonMapper MAPPER = new JsonMapper();

    static byte[] of(BytePairVocabulary vocabulary, SpecialTokens special) {
        Map<String, Object> json = Map.of(
                "version", "1.0",
                "added_tokens", addedTokens(vocabulary, special),
                "normalizer", normalizer(),
                "pre_tokenizer", preTokenizer(),
                "model", model(vocabulary, special));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As in diffusers, the padding token is one of them: where it is {@code !}, that sign is never part of a word. */
    private static List<Map<String, Object>> addedTokens(BytePairVocabulary vocabulary, SpecialTokens special) {
        Set<String> tokens = new TreeSet<>(vocabulary.added());
        tokens.addAll(List.of(special.start(), special.end(), special.padding()));
        return tokens.stream()
                .sorted(Comparator.comparing(vocabulary::id))
                .map(token -> addedToken(token, vocabulary.id(token), token.equals(special.start())))
                .toList();
    }

    private static Map<String, Object> addedToken(String token, int id, boolean normalized) {
        return Map.of(
                "id", id,
                "content", token,
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", normalized,
                "special", true);
    }

    private static Map<String, Object> normalizer() {
        Map<String, Object> blanks = Map.of("type", "Replace", "pattern", Map.of("Regex", "\\s+"), "content", " ");
        List<?> steps = List.of(Map.of("type", "NFC"), blanks, Map.of("type", "Lowercase"));
        return Map.of("type", "Sequence", "normalizers", steps);
    }

    private static Map<String, Object> preTokenizer() {
        Map<String, Object> words =
                Map.of("type", "Split", "pattern", Map.of("Regex", WORDS), "behavior", "Removed", "invert", true);
        Map<String, Object> bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true);
        return Map.of("type", "Sequence", "pretokenizers", List.of(words, bytes));
    }

    private static Map<String, Object> model(BytePairVocabulary vocabulary, SpecialTokens special) {
        return Map.of(
                "type",
                "BPE",
                "unk_token",
                special.end(),
                "continuing_subword_prefix",
                "",
                "end_of_word_suffix",
                BytePairVocabulary.END_OF_WORD,
                "fuse_unk",
                false,
                "vocab",
                vocabulary.ids(),
                "merges",
                vocabulary.merges().stream()
                        .map(merge -> List.of(merge.left(), merge.right()))
                        .toList());
    }
}
