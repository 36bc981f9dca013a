package io.percolate.cluster.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cluster.session.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests in JSON lines, CSV or Parquet, with the columns {@code prompt}, {@code negative}, {@code seed}, {@code size},
 * {@code steps}, {@code guidance} and {@code sampler}. All but the prompt may be missing or empty.
 */
final class RequestTable {

    private static final Set<String> COLUMNS =
            Set.of("prompt", "negative", "seed", "size", "steps", "guidance", "sampler");

    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestTable() {}

    /**
     * Reads the requests in {@code file}; one without a seed has its row number.
     *
     * @throws IllegalArgumentException naming the row that is wrong
     */
    static List<ImageRequest> read(String file) {
        List<ImageRequest> requests = new ArrayList<>();
        for (String line : TableRows.read(file)) {
            requests.add(request(requests.size() + 1, line, file));
        }
        if (requests.isEmpty()) {
            throw new IllegalArgumentException(file + " has no requests");
        }
        return requests;
    }

    private static ImageRequest request(int row, String line, String file) {
        try {
            JsonNode values = JSON.readTree(line);
            requireColumns(values);
            ImageRequest.Look look = new ImageRequest.Look(
                    text(values, "size").orElse(null),
                    number(values, "steps", Integer::valueOf),
                    number(values, "guidance", Double::valueOf),
                    text(values, "sampler").orElse(null));
            look.check();
            Long seed = number(values, "seed", Long::valueOf);
            return new ImageRequest(
                    row,
                    seed == null ? row : seed,
                    text(values, "prompt").orElse(""),
                    text(values, "negative").orElse(null),
                    look);
        } catch (JsonProcessingException | RuntimeException wrong) {
            throw new IllegalArgumentException(file + ", row " + row + ": " + reason(wrong), wrong);
        }
    }

    private static String reason(Exception wrong) {
        return wrong instanceof JsonProcessingException broken ? broken.getOriginalMessage() : wrong.getMessage();
    }

    private static void requireColumns(JsonNode values) {
        if (!values.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        values.fieldNames().forEachRemaining(name -> {
            if (!COLUMNS.contains(name)) {
                throw new IllegalArgumentException("no request has a " + name + ", columns are "
                        + String.join(", ", COLUMNS.stream().sorted().toList()));
            }
        });
    }

    private static Optional<String> text(JsonNode values, String name) {
        JsonNode value = values.path(name);
        return value.isMissingNode() || value.isNull() || value.asText().isBlank()
                ? Optional.empty()
                : Optional.of(value.asText());
    }

    private static <T> @Nullable T number(JsonNode values, String name, Function<String, T> reader) {
        try {
            return text(values, name).map(reader).orElse(null);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " '" + values.path(name).asText() + "' is no such number");
        }
    }
}
