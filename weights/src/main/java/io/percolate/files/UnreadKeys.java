package io.percolate.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** The keys of an object that nobody has asked for yet. Null values and names starting with {@code _} do not count. */
final class UnreadKeys {

    private final ObjectNode values;
    private final Set<String> keys = new ConcurrentSkipListSet<>();

    UnreadKeys(ObjectNode values) {
        this.values = values;
        values.fieldNames().forEachRemaining(keys::add);
        keys.removeIf(key -> key.startsWith("_") || values.get(key).isNull());
    }

    void remove(String key) {
        keys.remove(key);
    }

    Set<String> keys() {
        return new TreeSet<>(keys);
    }

    /** Those whose value is not the one in {@code expected}, each with its value. */
    List<String> differingFrom(ObjectNode expected) {
        return keys.stream()
                .filter(key -> !same(values.get(key), expected.get(key)))
                .map(key -> key + " = " + Json.brief(values.get(key)))
                .toList();
    }

    private static boolean same(JsonNode value, JsonNode expected) {
        if (expected != null && value.isNumber() && expected.isNumber()) {
            return value.doubleValue() == expected.doubleValue();
        }
        return value.equals(expected);
    }
}
