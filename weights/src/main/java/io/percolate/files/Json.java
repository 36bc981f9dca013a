package io.percolate.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** JSON as Python writes it, with bounds on what a hostile file may ask for. */
public final class Json {

    private static final int DEEPEST = 64;

    private static final long LARGEST_FILE = 16L << 20;

    /** Duplicate keys are errors; Infinity and NaN are numbers, as in published scheduler configs. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final Separators PYTHON = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter PRETTY = MAPPER.writer(
            new DefaultPrettyPrinter(PYTHON).withObjectIndenter(LINES).withArrayIndenter(LINES));

    private Json() {}

    /** The content of a file of at most 16 MB. */
    static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadFileException(file + ": no such file");
        }
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE) {
                throw new BadFileException(file + ": " + size + " bytes, but a config has at most " + LARGEST_FILE);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Parses one JSON object; {@code source} names it in errors. */
    static ObjectNode object(String source, byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new BadFileException(source + ": expected a JSON object but found " + brief(node));
        } catch (IOException e) {
            throw malformed(source, e);
        }
    }

    /** The error for JSON that cannot be parsed, in one line. */
    public static BadFileException malformed(String source, IOException e) {
        return new BadFileException(source + ": not valid JSON: " + reason(e), e);
    }

    /** Two spaces deep, keys sorted, a line per list element: {@code json.dumps(indent=2, sort_keys=True)}. */
    public static byte[] pretty(Object value) {
        try {
            return (PRETTY.writeValueAsString(MAPPER.treeToValue(MAPPER.valueToTree(value), Object.class)) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line, keys in the order of the map. */
    public static byte[] compact(Map<String, ?> values) {
        try {
            return MAPPER.writer()
                    .without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsBytes(values);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value for an error message, cut to a readable length. */
    static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String reason(IOException e) {
        if (e instanceof JsonProcessingException json) {
            JsonLocation at = json.getLocation();
            String message = json.getOriginalMessage().lines().findFirst().orElse("");
            return at == null ? message : message + " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        }
        return e.getMessage();
    }
}
