package io.percolate.conditioning.tokenizer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percolate.files.AtomicFile;
import io.percolate.files.JsonConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tokenizer folder in the layout of published ones. */
final class TokenizerWriter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;

    TokenizerWriter(Path folder) {
        this.folder = folder;
    }

    void write(BytePairVocabulary vocabulary, SpecialTokens special) {
        AtomicFile.write(folder.resolve("vocab.json"), out -> out.write(MAPPER.writeValueAsBytes(byId(vocabulary))));
        byte[] bytes = MergesText.of(vocabulary.merges()).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("merges.txt"), out -> out.write(bytes));
        JsonConfig.of(specialTokens(special)).write(folder.resolve("special_tokens_map.json"));
        JsonConfig.of(config(special)).write(folder.resolve("tokenizer_config.json"));
    }

    private static Map<String, Integer> byId(BytePairVocabulary vocabulary) {
        Map<Integer, String> tokens = new TreeMap<>();
        vocabulary.ids().forEach((token, id) -> tokens.put(id, token));
        Map<String, Integer> ids = new LinkedHashMap<>();
        tokens.forEach((id, token) -> ids.put(token, id));
        return ids;
    }

    private static Map<String, Object> specialTokens(SpecialTokens special) {
        return Map.of(
                "bos_token", token(special.start()),
                "eos_token", token(special.end()),
                "unk_token", token(special.end()),
                "pad_token", special.padding());
    }

    private static Map<String, Object> config(SpecialTokens special) {
        Map<String, Object> config = new TreeMap<>(specialTokens(special));
        config.put("tokenizer_class", "CLIPTokenizer");
        config.put("model_max_length", special.maxLength());
        config.put("do_lower_case", true);
        config.put("add_prefix_space", false);
        config.put("errors", "replace");
        return config;
    }

    private static Map<String, Object> token(String content) {
        return Map.of("content", content, "lstrip", false, "normalized", true, "rstrip", false, "single_word", false);
    }
}
