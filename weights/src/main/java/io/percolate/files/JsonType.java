package io.percolate.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A kind of value a config holds: what it is called in messages, and how a node becomes one. */
record JsonType<T>(String one, String many, Function<JsonNode, Optional<T>> reader) {

    static final JsonType<Integer> INTEGER = new JsonType<>("an integer", "integers", node -> Optional.of(node)
            .filter(n -> n.isNumber() && n.doubleValue() == Math.rint(n.doubleValue()) && n.canConvertToInt())
            .map(JsonNode::intValue));

    static final JsonType<Long> LONG = new JsonType<>("an integer", "integers", node -> Optional.of(node)
            .filter(n -> n.isIntegralNumber() && n.canConvertToLong())
            .map(JsonNode::longValue));

    static final JsonType<Double> NUMBER = new JsonType<>("a number", "numbers", node -> Optional.of(node)
            .filter(JsonNode::isNumber)
            .map(JsonNode::doubleValue));

    static final JsonType<Boolean> FLAG = new JsonType<>("true or false", "flags", node -> Optional.of(node)
            .filter(JsonNode::isBoolean)
            .map(JsonNode::booleanValue));

    static final JsonType<String> TEXT = new JsonType<>("a text", "texts", node -> Optional.of(node)
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue));

    static final JsonType<JsonNode> OBJECT =
            new JsonType<>("an object", "objects", node -> Optional.of(node).filter(JsonNode::isObject));

    /** Lists of this type: every element must be one. */
    JsonType<List<T>> list() {
        return new JsonType<>("a list of " + many, "lists of " + many, this::elements);
    }

    private Optional<List<T>> elements(JsonNode node) {
        List<T> list = new ArrayList<>();
        node.forEach(element -> reader.apply(element).ifPresent(list::add));
        return Optional.of(List.copyOf(list)).filter(all -> node.isArray() && all.size() == node.size());
    }
}
