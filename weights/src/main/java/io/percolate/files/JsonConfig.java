package io.percolate.files;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A published {@code config.json}, read key by key.
 *
 * <p>Every getter marks its key as read, so that {@link #refuseUnread} can afterwards name the options
 * that would change the result and that no getter asked for. A null counts as absent: getters with a default give
 * the default, the others fail. Every error is a
 * {@link BadFileException} that names the file, the key and the value.
 */
public final class JsonConfig {

    private final String source;
    private final ObjectNode values;
    private final UnreadKeys unread;

    private JsonConfig(String source, ObjectNode values) {
        this.source = source;
        this.values = values;
        unread = new UnreadKeys(values);
    }

    /** Reads a file of at most 16 MB. */
    public static JsonConfig read(Path file) {
        return parse(file.toString(), Json.bytes(file));
    }

    /** Reads JSON text in UTF-8; {@code source} names it in messages. */
    public static JsonConfig parse(String source, byte[] json) {
        return new JsonConfig(source, Json.object(source, json));
    }

    /** A config of these values: numbers, texts, booleans, null, and lists and maps of them. */
    public static JsonConfig of(Map<String, ?> values) {
        return of("config", values);
    }

    /** The same, called {@code source} in messages. */
    public static JsonConfig of(String source, Map<String, ?> values) {
        return new JsonConfig(source, Json.MAPPER.valueToTree(values));
    }

    /** Where the values come from, for messages. */
    public String source() {
        return source;
    }

    /** All values, as plain Java lists, maps, numbers, texts and booleans. */
    public Map<String, Object> values() {
        return Json.MAPPER.convertValue(values, new TypeReference<TreeMap<String, Object>>() {});
    }

    /** Whether the key is absent or null. */
    public boolean isNull(String key) {
        return find(key).isEmpty();
    }

    /** Whether the key holds a list. */
    public boolean isList(String key) {
        return find(key).filter(JsonNode::isArray).isPresent();
    }

    /** A required integer. */
    public int integer(String key) {
        return required(key, JsonType.INTEGER);
    }

    /** An integer, or {@code otherwise} if absent. */
    public int integer(String key, int otherwise) {
        return optional(key, JsonType.INTEGER).orElse(otherwise);
    }

    /** A required integer of up to 64 bits, such as a seed. */
    public long longInteger(String key) {
        return required(key, JsonType.LONG);
    }

    /** A required number. */
    public double number(String key) {
        return required(key, JsonType.NUMBER);
    }

    /** A number, or {@code otherwise} if absent. */
    public double number(String key, double otherwise) {
        return optional(key, JsonType.NUMBER).orElse(otherwise);
    }

    /** A required true or false. */
    public boolean flag(String key) {
        return required(key, JsonType.FLAG);
    }

    /** True or false, or {@code otherwise} if absent. */
    public boolean flag(String key, boolean otherwise) {
        return optional(key, JsonType.FLAG).orElse(otherwise);
    }

    /** A list of {@code count} flags; one flag in its place stands for {@code count} equal ones. */
    public List<Boolean> flags(String key, int count) {
        return perItem(key, JsonType.FLAG, count);
    }

    /** A required text. */
    public String string(String key) {
        return required(key, JsonType.TEXT);
    }

    /** A text, or {@code otherwise} if absent. */
    public String string(String key, String otherwise) {
        return optional(key, JsonType.TEXT).orElse(otherwise);
    }

    /** A required list of integers. */
    public List<Integer> integers(String key) {
        return required(key, JsonType.INTEGER.list());
    }

    /** A list of integers, or {@code otherwise} if absent. */
    public List<Integer> integers(String key, List<Integer> otherwise) {
        return optional(key, JsonType.INTEGER.list()).orElse(otherwise);
    }

    /** A list of {@code count} integers; one integer in its place stands for {@code count} equal ones. */
    public List<Integer> integers(String key, int count) {
        return perItem(key, JsonType.INTEGER, count);
    }

    /** A required list of numbers. */
    public List<Double> numbers(String key) {
        return required(key, JsonType.NUMBER.list());
    }

    /** A list of numbers, or {@code otherwise} if absent. */
    public List<Double> numbers(String key, List<Double> otherwise) {
        return optional(key, JsonType.NUMBER.list()).orElse(otherwise);
    }

    /** A required list of texts. */
    public List<String> strings(String key) {
        return required(key, JsonType.TEXT.list());
    }

    /** A list of texts, or {@code otherwise} if absent. */
    public List<String> strings(String key, List<String> otherwise) {
        return optional(key, JsonType.TEXT.list()).orElse(otherwise);
    }

    /** The object below {@code key}, if there is one. */
    public Optional<JsonConfig> section(String key) {
        return optional(key, JsonType.OBJECT).map(node -> new JsonConfig(source + ": " + key, (ObjectNode) node));
    }

    /** The objects in the list below {@code key}; none if it is absent. */
    public List<JsonConfig> sections(String key) {
        return optional(key, JsonType.OBJECT.list()).orElse(List.of()).stream()
                .map(node -> new JsonConfig(source + ": " + key, (ObjectNode) node))
                .toList();
    }

    /** The keys that hold something and that no getter has asked for; names starting with {@code _} do not count. */
    public Set<String> unread() {
        return unread.keys();
    }

    /**
     * Refuses every option that no getter has asked for, unless its value is the one in {@code harmless},
     * which is the value that changes nothing.
     */
    public void refuseUnread(Map<String, ?> harmless) {
        List<String> refused = unread.differingFrom(Json.MAPPER.valueToTree(harmless));
        if (!refused.isEmpty()) {
            throw error("options that are not supported: %s", String.join(", ", refused));
        }
    }

    /** Writes the values as diffusers does, indented and sorted, whole or not at all. */
    public void write(Path file) {
        AtomicFile.write(file, out -> out.write(Json.pretty(values)));
    }

    private <T> List<T> perItem(String key, JsonType<T> type, int count) {
        if (!isList(key)) {
            return Collections.nCopies(count, required(key, type));
        }
        List<T> list = required(key, type.list());
        if (list.size() != count) {
            throw error("%s has %d values but %d are needed", key, list.size(), count);
        }
        return list;
    }

    private Optional<JsonNode> find(String key) {
        unread.remove(key);
        return Optional.ofNullable(values.get(key)).filter(node -> !node.isNull());
    }

    private <T> T required(String key, JsonType<T> type) {
        return optional(key, type).orElseThrow(() -> error("%s is missing, it must be %s", key, type.one()));
    }

    private <T> Optional<T> optional(String key, JsonType<T> type) {
        return find(key).map(node -> type.reader()
                .apply(node)
                .orElseThrow(() -> error("%s is %s but must be %s", key, Json.brief(node), type.one())));
    }

    private BadFileException error(String message, Object... values) {
        return new BadFileException(source + ": " + message.formatted(values));
    }
}
